"""三公经费: each of four items has its amount or is stated as not incurred."""

from spec.checks.builders import DEFECT, figure, verdicts, year

from rongji.kernel.figure import Nil


class TestThreePublic:
    def test_each_of_four_items_is_stated(self):
        total, reception = figure("three_public.total:actual", "4.22"), figure("three_public.reception:actual", "4.22")
        assert verdicts(year(total, reception), "three-public-items-are-complete") == [DEFECT]
        others = [
            figure("three_public.vehicle_running:actual", "0"),
            figure("three_public.vehicle_purchase:actual", "", nil=Nil.NONE),
            figure("three_public.abroad:actual", "", nil=Nil.DASH),
        ]
        assert verdicts(year(total, reception, *others), "three-public-items-are-complete") == []
