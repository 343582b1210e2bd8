"""Who may change what the map of the station network is drawn over. Seeing the network is seeing the registers."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import Role

SET_MAP_SHAPES = Policy("services.set_map_shapes", "更换地图的区划图", frozenset({Role.CLERK, Role.SECTION_HEAD}))
