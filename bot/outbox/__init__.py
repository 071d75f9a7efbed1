"""What is to be sent: deliveries, leases, priority; it knows neither what they say nor Google."""
