"""`digitize models`: the classifiers that ship."""

from __future__ import annotations

import click

from digitize.commands.parameters import SETTINGS


@click.command(context_settings=SETTINGS)
def models() -> None:
    """List the models that ship, with what they reach on digits held back from training."""
    from digitize.classify import OnnxClassifier
    from digitize.onnx_models import list_classifiers

    click.echo(f"{'name':<12}{'error':>8}{'ECE':>8}{'size':>9}  sha256        made with")
    for model in list_classifiers():
        card = OnnxClassifier(model).card
        size = f"{model.path.stat().st_size / 1e6:.1f} MB"
        click.echo(
            f"{model.name:<12}{card.held_back_error:>8.2%}{card.held_back_ece:>8.4f}{size:>9}  "
            f"{model.sha256[:12]}  {card.made_with}"
        )
