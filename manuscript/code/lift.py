"""What a kite carries."""

DENSITY = 1.2  # of air, in kilograms to the cubic metre


# ANCHOR: lift
def lift(wind: float, area: float) -> float:
    """In newtons, near the sea."""
    return DENSITY / 2 * area * wind**2
# ANCHOR_END: lift


print(lift(8, 0.5))
