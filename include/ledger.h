/* ledger: double entry, balanced by construction. Pure builders of transfers, and the seal over them. No clock, no database.

   event (transfer kind)   reference     debit               credit              amount
   ---------------------   -----------   -----------------   -----------------   --------------------------------------------
   payment_applied         order         gateway_clearing    buyer_escrow        Σ line_gross less what a payer promised
                                         subsidy (payer)     buyer_escrow        discount another pays
                                         gateway_clearing    freight_escrow      freight the buyer pays
   refund_posted           refund        buyer_escrow        refund              goods given back to the buyer
                                         buyer_escrow        subsidy (payer)     discount given back to its payer
                                         freight_escrow      refund              freight given back
     … after release, before those:      payee of the due    buyer_escrow        due not yet settled
                                         platform_fee        buyer_escrow        fee
                                         shop_receivable     buyer_escrow        freight, margin, dues already settled
                                         shop_receivable     freight_escrow      freight given back
   refund_done             refund        refund              gateway_clearing    what the provider gave back
   refund_repeated         movement      refund_receivable   gateway_clearing    what it gave back once more than was owed
   due_payable             order         buyer_escrow        household_payable   due of each household
    (release: delivery and               buyer_escrow        cooperative,        what an organisation retains, and goods
     return window are over)                                 supplier_payable      not from a household
                                         buyer_escrow        platform_fee        fee
                                         buyer_escrow        freight (shop)      freight the shop bears
                                         freight_escrow      freight (shop)      freight the buyer paid
                                         buyer_escrow        shop                margin, if positive
                                         shop_receivable     buyer_escrow        margin, if negative: the shop carries it
   claw_back               claw-back     household_payable   shop                what a household kept of goods given back
   goods_bought            lot           goods_bought (shop) payee of the due    due of goods bought, once the lot passed
   income_due              distribution  cooperative,        household_payable,  wages, rent, dividends and post subsidies: of what an
                           or subsidy      supplier_payable,   payee of the due    organisation retained, pays in, or a payer gives
                                           gateway_clearing,
                                           subsidy
   payout_paid             payout item   household_payable   household_paid      with the bank's result
                                         household_paid      gateway_clearing
                                         cooperative, supplier_payable, shop, freight, platform_fee → paid_out → gateway_clearing
     … to a shop, before those:          shop                shop_receivable,    what the shop owes, netted
                                                             goods_bought
   payout_returned         payout item   the pairs of payout_paid turned round, without the netting
   shop_funded             receipt       gateway_clearing    shop_receivable,    a loss or bought goods the shop pays in
                                                             goods_bought
   subsidy_received        receipt       gateway_clearing    subsidy (payer)     a payer keeps its promise

   Nothing is posted for a due before it is payable: while it is expected its money stays in the escrow of its order, so a refund before
   delivery touches one account. Hence at any moment, for any order or set of orders,
     Σ attribution gross (sales and refunds) = Σ line_gross − Σ refunded
       = Σ entries into buyer_escrow from gateway_clearing and subsidy − Σ entries out of it to refund and subsidy,
   and an order's escrow (holder = order) is zero once it is released or refunded. Balances are credits − debits. */
#ifndef LEDGER_H
#define LEDGER_H

#include "base.h"

enum account_floor {
    FLOOR_NONE,   /* may stand on either side */
    FLOOR_PROVEN, /* never below zero; `ledger verify` proves it, no row is kept since it would be hot */
    FLOOR_KEPT,   /* never below zero; a row of balances enforces it */
};
#define ACCOUNT_KINDS(X)                                        /* enum, name in SQL, floor */                         \
    X(ACCOUNT_GATEWAY_CLEARING, "gateway_clearing", FLOOR_NONE) /* debit side: money the provider holds for us */      \
    X(ACCOUNT_BUYER_ESCROW, "buyer_escrow", FLOOR_PROVEN)       /* holder: order */                                    \
    X(ACCOUNT_FREIGHT_ESCROW, "freight_escrow", FLOOR_PROVEN)   /* holder: order */                                    \
    X(ACCOUNT_HOUSEHOLD_PAYABLE, "household_payable", FLOOR_KEPT)                                                      \
    X(ACCOUNT_HOUSEHOLD_PAID, "household_paid", FLOOR_PROVEN) /* passed through: its credits are what was paid */      \
    X(ACCOUNT_COOPERATIVE, "cooperative", FLOOR_KEPT)                                                                  \
    X(ACCOUNT_SUPPLIER_PAYABLE, "supplier_payable", FLOOR_KEPT)                                                        \
    X(ACCOUNT_SHOP, "shop", FLOOR_KEPT)                                                                                \
    X(ACCOUNT_SHOP_RECEIVABLE, "shop_receivable", FLOOR_NONE)     /* debit side: what the shop owes */                 \
    X(ACCOUNT_FREIGHT, "freight", FLOOR_PROVEN)                   /* holder: shop */                                   \
    X(ACCOUNT_PLATFORM_FEE, "platform_fee", FLOOR_NONE)           /* negative: a refund after the fee was paid out */  \
    X(ACCOUNT_REFUND, "refund", FLOOR_PROVEN)                     /* holder: order; on its way to the buyer */         \
    X(ACCOUNT_REFUND_RECEIVABLE, "refund_receivable", FLOOR_NONE) /* holder: order; debit side: given back twice */    \
    X(ACCOUNT_SUBSIDY, "subsidy", FLOOR_NONE)           /* holder: payer; debit side: promised, not yet paid in */     \
    X(ACCOUNT_GOODS_BOUGHT, "goods_bought", FLOOR_NONE) /* holder: shop; debit side: owed for goods bought */          \
    X(ACCOUNT_COUNTY_CLEARING, "county_clearing", FLOOR_NONE) /* money between counties */                             \
    X(ACCOUNT_PAID_OUT, "paid_out", FLOOR_PROVEN)             /* passed through, as household_paid */
#define ACCOUNT_ENUM(name, words, floor) name,
enum account_kind { ACCOUNT_KINDS(ACCOUNT_ENUM) ACCOUNT_KINDS_COUNT };
#undef ACCOUNT_ENUM
text account_kind_name(enum account_kind kind);
enum account_floor account_kind_floor(enum account_kind kind);
/* ACCOUNT_KINDS_COUNT: no such kind. */
enum account_kind account_kind_from(text name);

struct account {
    enum account_kind kind;
    uuid holder; /* zero: the county's own */
};
struct ledger_entry {
    int64_t position; /* 1, 2, … */
    text debit_kind;
    uuid debit_holder;
    text credit_kind;
    uuid credit_holder;
    money amount_fen; /* > 0 */
};
struct transfer_plan {
    uuid transfer_id;
    text kind, reference; /* unique together in a county: a retry can't post twice */
    struct ledger_entry *entries;
    size_t entries_count, entries_capacity;
    struct arena *arena;
    bool overflowed;
};

/* What a set of attribution rows moves; negative for refunds. attribution_sum makes it. */
struct ledger_due {
    struct account payee;
    money amount_fen;
};
struct ledger_parts {
    struct ledger_due *dues;
    size_t dues_count;
    money gross_fen, fee_fen, freight_fen, margin_fen; /* gross = Σ dues + fee + freight + margin */
};

/* Every builder fills a fresh plan, skips amounts of zero, and answers PROBLEM_OVERFLOW when a sum does not fit. A plan without entries
   (entries_count 0) need not be posted. References are the id of the cause. */
struct payment_applied {
    uuid transfer_id, order_id;
    money goods_fen, freight_fen; /* goods: Σ line_gross */
    uuid payer_id;                /* who pays promised_fen of the goods; zero: nobody */
    money promised_fen;
};
MUST_USE enum problem ledger_payment_applied(struct arena *arena, const struct payment_applied *event,
                                             struct transfer_plan *plan);
struct refund_posted {
    uuid transfer_id, refund_id, order_id, shop_id;
    bool released;             /* due_payable was posted for the order */
    struct ledger_parts parts; /* of the refund's rows, negative; gross = −(goods given back) */
    money freight_fen;         /* buyer's freight given back */
    uuid payer_id;
    money promised_fen; /* of the goods given back, what goes to the payer */
};
MUST_USE enum problem ledger_refund_posted(struct arena *arena, const struct refund_posted *event,
                                           struct transfer_plan *plan);
MUST_USE enum problem ledger_refund_done(struct arena *arena, uuid transfer_id, uuid refund_id, uuid order_id,
                                         money amount, struct transfer_plan *plan);
/* `movement_id`: the provider's transaction that gave it. */
MUST_USE enum problem ledger_refund_repeated(struct arena *arena, uuid transfer_id, uuid movement_id, uuid order_id,
                                             money amount, struct transfer_plan *plan);
struct due_payable {
    uuid transfer_id, order_id, shop_id;
    struct ledger_parts parts; /* of all rows of the order, sales and refunds */
    money freight_fen;         /* buyer's freight not given back */
};
MUST_USE enum problem ledger_due_payable(struct arena *arena, const struct due_payable *event,
                                         struct transfer_plan *plan);
/* The shop was charged for what the household kept; what it owes is netted when it is paid, so its account takes it. */
MUST_USE enum problem ledger_claw_back(struct arena *arena, uuid transfer_id, uuid claw_back_id, uuid household_id,
                                       uuid shop_id, money amount, struct transfer_plan *plan);
MUST_USE enum problem ledger_goods_bought(struct arena *arena, uuid transfer_id, uuid lot_id, uuid shop_id,
                                          const struct ledger_due *dues, size_t dues_count, struct transfer_plan *plan);
/* `from`: where the money stands: with the organisation, with the provider (it was paid in), with the payer of a subsidy. */
MUST_USE enum problem ledger_income_due(struct arena *arena, uuid transfer_id, uuid cause_id, struct account from,
                                        const struct ledger_due *dues, size_t dues_count, struct transfer_plan *plan);
struct payout {
    uuid transfer_id, item_id;
    struct account payee; /* household_payable, cooperative, supplier_payable, shop, freight, platform_fee */
    money amount_fen;     /* what the bank pays */
    money receivable_netted_fen, bought_netted_fen; /* a shop's: what it owed and is kept back beside */
};
MUST_USE enum problem ledger_payout_paid(struct arena *arena, const struct payout *event, struct transfer_plan *plan);
MUST_USE enum problem ledger_payout_returned(struct arena *arena, const struct payout *event,
                                             struct transfer_plan *plan);
/* `owed`: shop_receivable or goods_bought of the shop, subsidy of a payer. */
MUST_USE enum problem ledger_money_received(struct arena *arena, uuid transfer_id, uuid receipt_id, struct account owed,
                                            money amount, struct transfer_plan *plan);

struct ledger_balance {
    struct account account;
    money balance_fen;
};
/* A sound plan (positive amounts, two different known accounts) that leaves every floor of `balances` whole; updates them. Accounts
   not among them are not looked at. Nothing changes when it answers false. */
MUST_USE bool ledger_check(const struct transfer_plan *plan, struct ledger_balance *balances, size_t count);

extern const struct field ledger_entry_fields[], transfer_plan_fields[];

/* ---- Seals: features.md §4.8, h = SHA-256(previous h ‖ position u64 ‖ length u32 ‖ bytes), big-endian. Position 0 is the seal itself,
   then its transfers, then a line for each kind of other records it covers; the head of a seal is the last h, and the first h of the next
   seal follows it. The bytes of all are UTF-8 lines, each ended by \n, their values parted by \t, numbers in decimal, instants in
   microseconds since 1970, ids as hyphenated lower case, hashes in lower-case hexadecimal:
     seal      "seal" county number transfers_count sealed_at
     transfer  "transfer" county id kind reference posted_at made_by (or "-")
     entry     "entry" position debit_kind debit_holder credit_kind credit_holder amount_fen
     records   "records" kind records_count digest, kinds in alphabetical order
   The digest of a kind is SHA-256 over the SHA-256 of each of its records in writing order, whose bytes are the columns that the view
   ledger_records lists, as PostgreSQL sends a row in binary. Records are personal, so the public gets their digest only. */
#define LEDGER_HASH_BYTES 32
struct ledger_transfer {
    uuid transfer_id, made_by;
    text kind, reference;
    instant posted_at;
    const struct ledger_entry *entries;
    size_t entries_count;
};
struct ledger_seal;
/* `previous`: head of the seal before, 32 zero bytes for the first. */
struct ledger_seal *ledger_seal_open(struct arena *arena, text county, int64_t number, int64_t transfers_count,
                                     instant sealed_at, const uint8_t previous[LEDGER_HASH_BYTES]);
/* False when a value holds a control character: such a row was never ours. */
MUST_USE bool ledger_seal_add(struct ledger_seal *seal, const struct ledger_transfer *transfer);
/* After the last transfer. */
void ledger_seal_add_records(struct ledger_seal *seal, text kind, int64_t count, text digest);
/* The chain's hash so far. */
const uint8_t *ledger_seal_link(const struct ledger_seal *seal);
/* Fills the head; false when the number of transfers was not the one announced. */
MUST_USE bool ledger_seal_close(struct ledger_seal *seal, uint8_t head[LEDGER_HASH_BYTES]);
/* One link of the chain: h of these bytes after `previous`. */
void ledger_hash_link(const uint8_t previous[LEDGER_HASH_BYTES], uint64_t position, text bytes,
                      uint8_t into[LEDGER_HASH_BYTES]);
text ledger_hash_hex(struct arena *arena, const uint8_t hash[LEDGER_HASH_BYTES]);
MUST_USE bool ledger_hash_parse(text hex, uint8_t hash[LEDGER_HASH_BYTES]);

/* ---- Heads: what the county keeps of a day, signed (Ed25519) so that nobody can make one up later. A line of its file:
     "head" county day seal_number head signature, parted by \t; the signature, in hexadecimal, is over what stands before it. */
#define LEDGER_KEY_BYTES 32
struct ledger_head {
    text county, day;
    int64_t number;
    uint8_t head[LEDGER_HASH_BYTES];
};
/* LEDGER_KEY_BYTES that outlive everything: the seed of the key that signs. Before the first job or command. */
void ledger_use_head_key(const uint8_t *seed);
text ledger_head_key(struct arena *arena); /* the public half, in hexadecimal */
text ledger_head_sign(struct arena *arena, const struct ledger_head *head);
MUST_USE bool ledger_head_is_signed(struct arena *arena, const struct ledger_head *head, text signature);
/* False: no such line. The signature is not looked at but handed on. */
MUST_USE bool ledger_head_read(text line, struct ledger_head *head, text *signature);

#endif
