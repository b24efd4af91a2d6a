-- Pledges are in the books now.
UPDATE indicators
SET kind = 'measured',
    meaning_zh = '期内有效、指定本地的采购承诺：已付款且已送达（扣除退款）÷ 承诺',
    meaning_en = 'Pledges to this area that run in the period: paid and delivered, less refunds ÷ pledged'
WHERE indicator = 'K29' AND part = '';
