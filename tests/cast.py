"""The people and places of the demo school, as tests call them; all names are made up."""

from tests.wire_events import Someone, Somewhere

SANNE = Someone(101, "Sanne Voorbeeld", "sanne.voorbeeld@leerling.rgo.example")
DAAN = Someone(102, "Daan Proefpersoon", "daan.proefpersoon@leerling.rgo.example")
FINN = Someone(104, "Finn Verzonnen", "finn.verzonnen@leerling.rgo.example")
KARIN = Someone(105, "Karin Krijtje", "karin.krijtje@rgo.example")
PIET = Someone(106, "Piet Pen", "piet.pen@rgo.example")
OLGA = Someone(107, "Olga Overzicht", "olga.overzicht@rgo.example")
HANS = Someone(108, "Hans Hoofd", "hans.hoofd@rgo.example")
BEA = Someone(109, "Bea Bestuur", "bea.bestuur@rgo.example")
BRAM = Someone(110, "Bram Bestier", "bram.bestier@rgo.example")
CARLA = Someone(111, "Carla Kompas", "carla.kompas@rgo.example")
TOM = Someone(112, "Tom Toezicht", "tom.toezicht@rgo.example")
TINEKE = Someone(113, "Tineke Terugblik", "tineke.terugblik@rgo.example")
RUUD = Someone(114, "Ruud Raad", "ruud.raad@rgo.example")
VERA = Someone(115, "Vera Vertrouwen", "vera.vertrouwen@rgo.example")
ARIE = Someone(116, "Arie Admin", "arie.admin@rgo.example")
STRANGER = Someone(199, "Onbekende Gast", "gast@elders.example")

EVERYBODY = (SANNE, DAAN, FINN, KARIN, OLGA, HANS, BEA, BRAM, CARLA, TOM, TINEKE, RUUD, VERA, ARIE)
RECIPIENTS = (OLGA, HANS, BEA, BRAM, CARLA, TOM, TINEKE, RUUD, VERA)

KLAS_3B = Somewhere("spaces/KLAS3B", "SPACE", "Klas 3B")
KLAS_2A = Somewhere("spaces/KLAS2A", "SPACE", "Klas 2A")
