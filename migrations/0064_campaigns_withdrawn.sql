-- A campaign announced by mistake can be taken back while nobody relies on it.
GRANT DELETE ON campaigns TO shanhuo_app;
