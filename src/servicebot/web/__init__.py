"""HTTP in and out: pages, the REST and WebSocket interfaces, webhooks, health."""
