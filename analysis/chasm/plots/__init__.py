"""One plot a function: each takes a result and gives the matplotlib axes, drawn on `ax` where one is given."""

from .choice import efficient_frontier, regret_map
from .effects import effects, sobol_bars, tornado
from .outcomes import exceedance, quantile_dotplot
from .portfolio import early_warning, funnel
from .unfolding import adoption_curves, fan_chart
from .value import waterfall

__all__ = [
    "adoption_curves",
    "early_warning",
    "effects",
    "efficient_frontier",
    "exceedance",
    "fan_chart",
    "funnel",
    "quantile_dotplot",
    "regret_map",
    "sobol_bars",
    "tornado",
    "waterfall",
]
