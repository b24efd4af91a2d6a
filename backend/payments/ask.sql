-- Notes that a provider is asked for the money of a purchase (plan).
INSERT INTO payments (provider, reference, buyer_id, purchase_id, amount_fen, created_at)
SELECT p.provider, p.reference, coalesce(p.buyer_id, :actor_id::uuid), p.purchase_id, p.amount_fen, :now::timestamptz
FROM jsonb_to_record(:plan::jsonb) AS p (provider text, reference text, purchase_id uuid, buyer_id uuid, amount_fen bigint)
