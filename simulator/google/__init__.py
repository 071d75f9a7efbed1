"""Google's side of the wire: keys and tokens, the Chat REST API, its quotas and its errors."""
