"""There and back: from the store to the phone, and from the phone to the store. It knows no screen and no clock."""
