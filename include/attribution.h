/* attribution: from which contribution a line is served, and whose its money is. Pure: no clock, no database, no order.
   Steps 5 (allocate) and 6 (attribute) of domain.md; orders calls it while it applies a payment or a refund. */
#ifndef ATTRIBUTION_H
#define ATTRIBUTION_H

#include "base.h"
#include "distribution.h"
#include "ledger.h"

/* ---- Facts: decoded from SQL by the tables at the end. ---- */
struct contribution_left {
    uuid contribution_id, supplier_id;
    int64_t position;           /* order inside the lot: breaks ties */
    qty quantity_qty, left_qty; /* delivered; not yet sold, lost or withdrawn */
    text mode;                  /* consigned, bought */
    text price_rule;            /* farm_gate, share, larger_of */
    money farm_gate_price_fen;  /* per price_qty base units */
    qty price_qty;
    int64_t share_ppm; /* of the line's net */
    calendar_day delivered_on;
};
struct lot_left {
    uuid lot_id;
    calendar_day expires_on; /* 0: never */
    struct contribution_left *contributions;
    size_t contributions_count;
};
struct agreement {
    uuid agreement_id;
    int64_t agreement_version;
    instant signed_at;
    calendar_day valid_from, valid_to; /* valid_to: first day no longer; 0: open */
};
/* A household that shares in what a supplier delivers, as it stood on the payment's business day. */
struct beneficiary {
    uuid household_id;
    text area_code;
    text status; /* a status of household_statuses */
    int64_t shares;
    bool open_finding;            /* a finding that blocks counting is open */
    struct agreement *agreements; /* with the shop or the organisation, for these goods */
    size_t agreements_count;
};
struct supplier {
    uuid supplier_id;
    text kind; /* household, cooperative, enterprise, collective, other */
    text area_code;
    text rule_kind; /* shares, per_head; absent: the supplier keeps all, or is a household */
    int64_t retain_ppm, rule_version;
    struct beneficiary *beneficiaries; /* a household supplier: itself; an organisation: its members of the day */
    size_t beneficiaries_count;
};
struct paid_line {
    uuid order_line_id;
    int64_t packs;
    qty pack_qty;
    money line_gross_fen;     /* packs × price less what the shop pays as a discount */
    int64_t platform_fee_ppm; /* of gross */
    money shop_freight_fen;   /* freight the shop bears */
};

/* ---- 5. Allocate ---- */
struct allocation {
    uuid allocation_id, order_line_id, lot_id, contribution_id;
    qty quantity_qty;
    qty from_qty; /* base units of the contribution used up before: dues are rounded over it, so that they telescope */
    const struct contribution_left *contribution;
};
struct served_line {
    const struct paid_line *line;
    int64_t served_packs, packs_missing; /* packs_missing > 0: refund refund_fen at once and open a finding */
    money gross_fen, refund_fen;         /* line_gross of what is served, and the rest */
    struct allocation *allocations;
    size_t allocations_count;
};
/* Fresh ids for rows of one request. */
struct id_run {
    uuid base; /* request->new_id */
    uint32_t used;
};
uuid id_run_next(struct id_run *ids);

/* Serves the lines of one product, grade and place, in line order, from its lots: first expired first out (ties by lot id, no expiry
   last); inside a lot every contribution in proportion to what it has left. A pack is served whole or not at all. Lowers left_qty. */
MUST_USE enum problem attribution_allocate(struct arena *arena, struct id_run *ids, const struct paid_line *lines,
                                           size_t lines_count, struct lot_left *lots, size_t lots_count,
                                           struct served_line *served);

/* ---- 6. Attribute ---- */
struct attribution {
    uuid attribution_id, allocation_id, order_line_id, contribution_id, supplier_id;
    uuid household_id; /* zero: none, or the part an organisation retains */
    uuid reverses_id;  /* a refund's row: the row it reverses part of */
    text kind;         /* sale, refund */
    text supplier_kind, area_code;
    qty quantity_qty;
    money gross_fen, due_fen, fee_fen, freight_fen, margin_fen; /* gross = due + fee + freight + margin */
    money goods_cost_fen; /* bought goods: what they cost when the lot passed; a memo, no due */
    money charged_fen; /* of a refund: due already settled, which the shop is charged for inside its margin; a memo */
    bool counted;
    text reason; /* why not counted: no_agreement, agreement_after_sale, not_registered, open_finding, not_household */
    text status, mode;
    uuid agreement_id;
    int64_t agreement_version, rule_version; /* 0: none */
};
/* One served line's money onto its allocations. `sold_at`: an agreement signed at or after it never tags the sale. */
MUST_USE enum problem attribution_attribute(struct arena *arena, struct id_run *ids, const struct served_line *served,
                                            instant sold_at, const struct supplier *suppliers, size_t suppliers_count,
                                            struct attribution **rows, size_t *rows_count);
/* What the contribution's frozen terms owe for base units from_qty … from_qty + quantity of it, sold for this net amount. */
MUST_USE enum problem attribution_due(const struct contribution_left *terms, qty from_qty, qty quantity, money net,
                                      money *due);

/* ---- Refunds ---- */
/* A sale row with what earlier refunds did to it. */
struct attributed {
    struct attribution row;
    qty reversed_qty;
    money reversed_gross_fen, reversed_due_fen, reversed_fee_fen, reversed_freight_fen; /* positive, so far */
    money charged_fen;   /* due the household kept and the shop was charged for, so far */
    bool due_is_settled; /* in a batch or paid: the household's account is not touched */
};
struct line_refund {
    uuid order_line_id;
    int64_t served_packs;
    /* Cumulative, this refund included: */
    int64_t refunded_packs;
    money refunded_fen; /* of the gross served; attribution_refund_of says what packs cost */
    money spared_fen; /* of it, the money-only refunds the household has no part in (transport, shop): its due stands */
};
struct refund_plan {
    struct attribution *rows; /* negative amounts; only rows that change */
    size_t rows_count;
    money refund_fen;      /* what the rows give back: the difference to earlier refunds */
    money charge_shop_fen; /* of it, dues already settled; > 0 needs a finding (paid_then_refunded) */
    bool need_finding;
};
/* What may be taken back of what a household kept of this sale, at most `amount`: a row that moves it from the due to the margin. False: it
   kept nothing of it. */
MUST_USE bool attribution_claw_back(const struct attributed *sold, money amount, struct id_run *ids,
                                    struct attribution *row);
/* Cumulative fen that `refunded_packs` of `packs` packs are worth. */
MUST_USE bool attribution_refund_of(money gross, int64_t packs, int64_t refunded_packs, money *refunded);
/* Whether a refund of this cause for money only (no packs) leaves the household's due alone. */
PURE bool attribution_cause_spares_due(text cause);
/* Splits what is refunded so far anew and plans the difference: any series of refunds ends where one refund of their sum would.
   PROBLEM_INVALID: more than was sold, or less than was refunded before. */
MUST_USE enum problem attribution_refund(struct arena *arena, struct id_run *ids, const struct line_refund *refund,
                                         const struct attributed *sold, size_t sold_count, struct refund_plan *plan);

/* ---- To the ledger ---- */
/* Sums rows to what the ledger moves: dues by payee account, fee, freight, margin. Rows of a refund give negative sums. */
MUST_USE enum problem attribution_sum(struct arena *arena, const struct attribution *rows, size_t rows_count,
                                      struct ledger_parts *parts);

extern const struct route attribution_routes[];
extern const struct field contribution_left_fields[], lot_left_fields[], agreement_fields[], beneficiary_fields[],
    supplier_fields[], paid_line_fields[], attributed_fields[], line_refund_fields[]; /* facts */
extern const struct field allocation_fields[], attribution_fields[];                  /* plan rows */

#endif
