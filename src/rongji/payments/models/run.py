"""A payment run: what is owed minus what has been paid, its payments, its approvals and the budget it takes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rongji.accounts.types import Scope
from rongji.payments.types import (
    CAUSE_LABELS,
    PAYMENT_STATE_LABELS,
    RUN_KIND_LABELS,
    RUN_STATE_LABELS,
    PaymentState,
    RunState,
)


def choices(labels: dict) -> list[tuple[str, str]]:
    """Model choices out of a label table."""
    return [(str(key), label) for key, label in labels.items()]


class Payroll(models.Model):
    """发放台账. A bureau's payroll: from which month this system answers for it; earlier months were paid elsewhere."""

    bureau = models.CharField("单位", max_length=64, unique=True)
    area = models.CharField("县区", max_length=12)
    first_month = models.PositiveIntegerField("起始月份")
    bank_profile = models.CharField("银行接口", max_length=48)
    scope_path = models.CharField("机构路径", max_length=255, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发放台账"

    @property
    def scope(self) -> Scope:
        """Whose payroll it is."""
        return Scope(path=self.scope_path, area=self.area)


class PaymentRun(models.Model):
    """发放批次. Computed as known on one day, frozen, reviewed, approved by others, sent, settled, posted.

    input_digest: of what the engine read; content_digest: of its lines and payments, which approvals name.
    approvals_needed: by its amount, frozen when it was proposed; a trigger lets no run through without them.
    """

    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, related_name="runs")
    pay_month = models.PositiveIntegerField("发放月份")
    sequence = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类别", max_length=12, choices=choices(RUN_KIND_LABELS))
    known_on = models.DateField("核算口径日")
    first_month = models.PositiveIntegerField("核算起始月份")
    state = models.CharField("状态", max_length=12, choices=choices(RUN_STATE_LABELS), default=RunState.COMPUTED)
    engine = models.CharField("计算引擎", max_length=40)
    law_digest = models.CharField("法规数据摘要", max_length=64)
    rules_version = models.CharField("规则版本", max_length=64)
    input_digest = models.CharField("输入摘要", max_length=64)
    content_digest = models.CharField("内容摘要", max_length=64)
    line_count = models.PositiveIntegerField("明细条数", default=0)
    person_count = models.PositiveIntegerField("人数", default=0)
    due_fen = models.BigIntegerField("应发（分）", default=0)
    pay_fen = models.BigIntegerField("实发（分）", default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_by_label = models.CharField("核算人", max_length=160)
    made_at = models.DateTimeField("核算时间")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("提请时间", null=True, blank=True)
    approvals_needed = models.PositiveSmallIntegerField("应批人数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "发放批次"
        ordering = ["-pay_month", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["payroll", "pay_month", "sequence"], name="run_once_per_sequence"),
            models.UniqueConstraint(
                fields=["payroll"], condition=Q(state__in=["computed", "proposed"]), name="run_one_open_per_payroll"
            ),
        ]


class Payment(models.Model):
    """付款. What one person gets out of a run, into which account; the account is copied as it was on the day.

    deducted_fen: taken off for recoveries; amount_fen is what goes to the bank. sequence: its place in the run, so
    that two files of one person, each with a payment, can still be merged. cancelled_at: from then on what it settled
    is open again.
    """

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="payments")
    sequence = models.PositiveIntegerField("序号")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="payments")
    payee = models.CharField("户名", max_length=64)
    account_cipher = models.TextField("账号（密文）", blank=True)
    account_index = models.CharField("账号索引", max_length=64, blank=True)
    account_tail = models.CharField("账号尾号", max_length=4, blank=True)
    bank = models.CharField("开户银行", max_length=80, blank=True)
    deducted_fen = models.BigIntegerField("抵扣（分）", default=0)
    amount_fen = models.BigIntegerField("金额（分）")
    paid_fen = models.BigIntegerField("到账（分）", default=0)
    state = models.CharField("状态", max_length=12, choices=choices(PAYMENT_STATE_LABELS), default=PaymentState.PLANNED)
    reason = models.CharField("银行说明", max_length=120, blank=True)
    cancelled_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "付款"
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "state"], name="payment_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["run", "sequence"], name="payment_once_per_sequence"),
            models.CheckConstraint(
                condition=Q(state=PaymentState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=PaymentState.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="payment_cancelled_at_an_instant",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gte=0, deducted_fen__gte=0), name="payment_not_negative"),
            models.CheckConstraint(
                condition=Q(paid_fen__gte=0, paid_fen__lte=F("amount_fen")), name="payment_paid_within_amount"
            ),
        ]


class RunLine(models.Model):
    """发放明细. For one award and month: owed as known, settled before, the difference, and why.

    due_fen = owed_fen − settled_fen, never zero. amount_fen of the standard is per `divisor` months; the line keeps
    everything that the amount was computed from, so that it can be explained and repeated without the present data.
    award: null for one-off grants, whose id stands in `grant`.
    """

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="lines")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="lines")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="run_lines")
    award_id = models.BigIntegerField("待遇编号", null=True)
    grant_id = models.BigIntegerField("一次性待遇编号", null=True)
    term_id = models.BigIntegerField("条件编号", null=True)
    benefit = models.CharField("待遇", max_length=48)
    for_month = models.PositiveIntegerField("所属月份")
    owed_fen = models.BigIntegerField("应得（分）")
    settled_fen = models.BigIntegerField("已核发（分）")
    due_fen = models.BigIntegerField("本次（分）")
    cause = models.CharField("原因", max_length=12, choices=choices(CAUSE_LABELS))
    standard_key = models.CharField("标准档次", max_length=48, blank=True)
    units = models.PositiveSmallIntegerField("计发单位数", default=1)
    standard = models.CharField("标准依据", max_length=255, blank=True)
    amount_fen = models.BigIntegerField("标准金额（分）", default=0)
    divisor = models.PositiveSmallIntegerField("折算月数", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "发放明细"
        ordering = ["id"]
        indexes = [models.Index(fields=["person", "for_month"], name="run_line_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "award_id", "for_month"],
                condition=Q(award_id__isnull=False),
                name="run_line_once_per_award_and_month",
            ),
            models.UniqueConstraint(
                fields=["run", "grant_id"], condition=Q(grant_id__isnull=False), name="run_line_once_per_grant"
            ),
            models.CheckConstraint(
                condition=Q(due_fen=F("owed_fen") - F("settled_fen")) & ~Q(due_fen=0),
                name="run_line_owed_minus_settled",
            ),
            models.CheckConstraint(
                condition=Q(award_id__isnull=False, grant_id__isnull=True)
                | Q(award_id__isnull=True, grant_id__isnull=False),
                name="run_line_award_or_grant",
            ),
        ]


class RunApproval(models.Model):
    """发放审批. One approver's yes to exactly this content; the maker's is not among them, nobody's counts twice."""

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="approvals")
    level = models.PositiveSmallIntegerField("级次")
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content_digest = models.CharField("内容摘要", max_length=64)
    approved_at = models.DateTimeField("审批时间")
    note = models.CharField("意见", max_length=255, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发放审批"
        ordering = ["run", "level"]
        constraints = [
            models.UniqueConstraint(fields=["run", "level"], name="run_approval_once_per_level"),
            models.UniqueConstraint(fields=["run", "approver"], name="run_approval_once_per_approver"),
            models.CheckConstraint(condition=~Q(approver=F("maker")), name="run_approval_maker_is_not_approver"),
        ]


class RunBudget(models.Model):
    """占用预算. What an approved run takes from each budget line, by level of government that pays.

    posted_fen: how much of it the bank has paid and the books show; released_fen: given back by cancelled payments.
    """

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="budget")
    line_number = models.CharField("指标编号", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    level = models.CharField("资金级次", max_length=12)
    functional = models.CharField("功能科目", max_length=12)
    economic = models.CharField("经济科目", max_length=12)
    amount_fen = models.BigIntegerField("金额（分）")
    posted_fen = models.BigIntegerField("已入账（分）", default=0)
    released_fen = models.BigIntegerField("已释放（分）", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "占用预算"
        ordering = ["run", "line_number", "level"]
        constraints = [
            models.UniqueConstraint(fields=["run", "line_number", "level"], name="run_budget_once_per_line_and_level"),
            models.CheckConstraint(
                condition=Q(
                    posted_fen__gte=0, released_fen__gte=0, posted_fen__lte=F("amount_fen") - F("released_fen")
                ),
                name="run_budget_posted_within_amount",
            ),
        ]
