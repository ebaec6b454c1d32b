"""Tables whose rows stay as they were written: refused by a trigger to everybody, and to the application by its rights."""

from django.db import migrations


def only_added_to(table: str) -> migrations.RunSQL:
    """Refuse to change or delete rows of one of this app's tables."""
    return _refusing(table, ("UPDATE", "DELETE", "TRUNCATE"))


def never_deleted(table: str) -> migrations.RunSQL:
    """Refuse to delete rows of one of this app's tables."""
    return _refusing(table, ("DELETE", "TRUNCATE"))


def _refusing(table: str, refused: tuple[str, ...]) -> migrations.RunSQL:
    given_back = ", ".join(right for right in refused if right != "TRUNCATE")
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER only_added_to BEFORE {" OR ".join(refused)} ON outcomes_{table}
            FOR EACH STATEMENT EXECUTE FUNCTION outcomes_refuse();
        {_for_application(f"REVOKE {', '.join(refused)} ON outcomes_{table} FROM")}
        """,
        f"""
        DROP TRIGGER only_added_to ON outcomes_{table};
        {_for_application(f"GRANT {given_back} ON outcomes_{table} TO")}
        """,
    )


def _for_application(change: str) -> str:
    return f"""
        DO $$
        BEGIN
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'summitry_app') THEN
                {change} summitry_app;
            END IF;
        END $$;
        """
