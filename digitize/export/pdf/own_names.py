"""How what this program adds to the resources of a page is named, beside what is there already."""

OWN_NAME = "/dgz"
"""How the names begin of all that is drawn with: no other program names so what it draws."""
