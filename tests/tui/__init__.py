import os

for _name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_DIM_FACTOR", "TEXTUAL_ANIMATIONS", "TEXTUAL"):
    os.environ.pop(_name, None)  # read by Textual when it is imported; pictures must not depend on them
