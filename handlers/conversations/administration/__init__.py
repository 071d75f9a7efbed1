"""What an admin sees beside the groups: people, reminders, protocol, parts."""
