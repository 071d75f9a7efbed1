"""What people tell about each subject of the table, in their own words, and what should come of it."""

from dataclasses import dataclass

from tests.cast import BEA, BRAM, CARLA, HANS, KARIN, OLGA, SANNE
from tests.wire_events import Someone

LEADERS = {OLGA.name, HANS.name}
BOARD = {BEA.name, BRAM.name, CARLA.name}


@dataclass(frozen=True)
class Told:
    """What somebody tells about one subject, and what comes of it; `first` is what they see before they type."""

    code: str
    who: Someone
    choice: str
    story: str
    first: str
    readers: set[str]
    copied: frozenset[str] = frozenset()
    further: bool = False
    safe: str = "ja"
    by_staff: str = "nee"
    sexual: str = "nee"
    goes_on: str = "ja"

    @property
    def later(self) -> set[str]:
        """Who reads it too when nobody of the leadership does anything."""
        return BOARD if self.readers <= LEADERS else set()


TOLD = (
    Told(
        "C02",
        SANNE,
        "Iemand dreigt met een foto of filmpje van mij",
        "Hij wil geld, anders stuurt hij mijn foto rond.",
        "Niet betalen en niets meer sturen",
        LEADERS,
        copied=frozenset(BOARD),
    ),
    Told(
        "C07",
        SANNE,
        "Pesten of buitensluiten",
        "Ze halen mij steeds uit de groepsapp en praten over mij.",
        "0800-0432",
        LEADERS,
    ),
    Told(
        "C04",
        SANNE,
        "Iemand bedreigt mij of een ander",
        "Hij appt dat ik na school klappen krijg.",
        "112",
        LEADERS | BOARD,
    ),
    Told(
        "C09",
        SANNE,
        "Een foto of filmpje zonder toestemming",
        "Mijn spreekbeurt staat op TikTok, ik wist van niets.",
        "020-261 52 75",
        LEADERS,
    ),
    Told(
        "C14",
        SANNE,
        "Een volwassene van school gaat te ver",
        "Hij volgt iedereen uit de klas en reageert overal op.",
        "0900-1113111",
        LEADERS,
    ),
    Told(
        "C01",
        SANNE,
        "Een volwassene van school gaat te ver",
        "Hij stuurt mij berichten die niet horen.",
        "0900-1113111",
        BOARD,
        sexual="weet_niet",
    ),
    Told(
        "C21",
        SANNE,
        "Iets anders, of ik weet het niet",
        "Er gebeurt iets raars met onze klassenapp.",
        "0800-0432",
        LEADERS,
    ),
    Told(
        "C03",
        SANNE,
        "Een vreemde doet online seksueel tegen mij of een ander",
        "Een man die ik niet ken wil foto's van mij.",
        "020-261 52 75",
        LEADERS,
        further=True,
    ),
    Told(
        "C08",
        SANNE,
        "Iemand blijft mij volgen of berichten sturen",
        "Ik heb hem geblokkeerd en hij maakt nieuwe accounts.",
        "Bewaar de berichten",
        LEADERS,
        further=True,
    ),
    Told(
        "C10",
        SANNE,
        "Mijn gegevens zijn online gezet",
        "Mijn adres en nummer staan op een pagina.",
        "0900-8844",
        LEADERS,
        further=True,
    ),
    Told(
        "C11",
        SANNE,
        "Mijn account is gehackt of nagemaakt",
        "Iemand doet zich voor als mij.",
        "Verander je wachtwoord",
        LEADERS,
        further=True,
    ),
    Told(
        "C12",
        SANNE,
        "Discriminatie of haat",
        "In de app maken ze apengeluiden als ik iets stuur.",
        "discriminatie.nl",
        LEADERS,
        further=True,
    ),
    Told(
        "C13",
        SANNE,
        "Ik maak me zorgen over extreme ideeën",
        "Mijn neef praat alleen nog over strijden.",
        "Je wijst niemand aan",
        LEADERS | BOARD,
        further=True,
    ),
    Told(
        "C06",
        SANNE,
        "Het is thuis niet veilig",
        "Als ik op mijn telefoon zit, wordt hij heel boos.",
        "0800-2000",
        LEADERS,
        further=True,
    ),
    Told(
        "C05",
        SANNE,
        "Ik of iemand anders wil niet meer leven",
        "Mijn vriendin schrijft hele donkere dingen.",
        "113",
        LEADERS,
        further=True,
    ),
    Told(
        "C15",
        KARIN,
        "Ik werk op school en ben zelf het doelwit",
        "Een ouder zet mij met naam neer op Facebook.",
        "0900-8844",
        LEADERS,
        further=True,
    ),
    Told(
        "C17",
        SANNE,
        "De goede naam van de school",
        "Er is een account dat zich voordoet als de school.",
        "Kritiek op school mag",
        LEADERS,
        further=True,
    ),
    Told(
        "C18",
        SANNE,
        "Sociale media in de les",
        "Bij Engels zit de halve klas te appen.",
        "Praat er eerst over met je docent",
        LEADERS,
        further=True,
    ),
)
DOORS = (
    (KARIN, "Een misstand op mijn werk", "088-133 10 00"),
    (SANNE, "Een klacht over school of over mijn melding", "klachtenregeling"),
)
