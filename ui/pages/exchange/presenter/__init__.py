"""What the page knows and does, without Qt: own key, sending, receiving, senders, register."""
