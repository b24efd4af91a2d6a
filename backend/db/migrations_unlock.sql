SELECT pg_advisory_unlock(hashtext('shanhuo migrations')) AS unlocked
