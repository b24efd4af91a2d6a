-- Reference data every county starts with: the standard kinds of goods.
INSERT INTO categories (code, name_zh, name_en, base_unit, covered) VALUES
    ('walnut', '核桃', 'Walnuts', 'g', false),
    ('pepper', '花椒', 'Sichuan pepper', 'g', false),
    ('fungus', '木耳', 'Wood-ear fungus', 'g', false),
    ('mushroom', '食用菌', 'Mushrooms', 'g', true),
    ('honey', '蜂蜜', 'Honey', 'g', false),
    ('herb', '中药材', 'Medicinal herbs', 'g', false),
    ('egg', '禽蛋', 'Eggs', 'piece', true),
    ('poultry', '家禽', 'Poultry', 'g', true),
    ('livestock', '畜肉', 'Meat', 'g', true),
    ('fish', '水产', 'Fish', 'g', true),
    ('tea', '茶叶', 'Tea', 'g', true),
    ('fruit', '水果', 'Fruit', 'g', true),
    ('vegetable', '蔬菜', 'Vegetables', 'g', true),
    ('grain', '杂粮', 'Grain and pulses', 'g', false),
    ('potato', '薯类', 'Potatoes and starch', 'g', false),
    ('oil', '食用油', 'Edible oils', 'ml', false),
    ('craft', '手工艺品', 'Crafts', 'piece', false),
    ('other', '其他', 'Other goods', 'g', false)
ON CONFLICT (code) DO NOTHING;
