"""The evaluation is a development command beside the corpus, not a part of the package: it is found by its path."""

import sys
from pathlib import Path

MODELS = Path(__file__).parent.parent.parent / "models"
sys.path.insert(0, str(MODELS))
