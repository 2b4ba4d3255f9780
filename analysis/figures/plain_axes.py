"""What the figures of analysis/figures share: plain axes, one hue, equal bytes for equal results."""

import matplotlib

DARK, MIDDLE, LIGHT = (
    "#0b2f57",
    "#3b78b5",
    "#8fb8de",
)  # one hue apart in lightness: readable in print and to the colour-blind
PUBLISHED = "#b5533b"


def prepare():
    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "chasm", "font.size": 9, "legend.frameon": False, "legend.fontsize": 8})


def plain(axes, title, x, y):
    axes.set_title(title, loc="left", fontsize=9.5)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(alpha=0.25, linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def save(figure, path):
    for ending, options in {"svg": {"metadata": {"Date": None}}, "png": {"dpi": 120}}.items():
        figure.savefig(f"{path}.{ending}", bbox_inches="tight", **options)
