"""Making classifiers: data, augmentation, one file per model family, calibration, evaluation.

Nothing here imports a training library before a training starts; `evaluation` never does.
"""
