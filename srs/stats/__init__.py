"""How it is going, in numbers: a pure fold over histories. It knows no screen, no store and no clock."""
