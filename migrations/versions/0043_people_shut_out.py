"""People can be shut out, and are found by name and address."""

import sqlalchemy as sa
from alembic import op

from gallery.models.search_text import folded

revision = "0043"
down_revision = "0036"
branch_labels = None
depends_on = None

_user = sa.table("user", sa.column("number"), sa.column("name"), sa.column("email"), sa.column("search_text"))


def upgrade() -> None:
    op.add_column("user", sa.Column("shut_out_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("user", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    people = op.get_bind().execute(sa.select(_user.c.number, _user.c.name, _user.c.email)).all()
    fill = sa.update(_user).where(_user.c.number == sa.bindparam("of"))
    for number, name, email in people:
        text = folded(f"{name} {email}")
        op.get_bind().execute(fill.values(search_text=text), {"of": number})
    op.create_index("ix_user_search_text", "user", ["search_text"])


def downgrade() -> None:
    op.drop_index("ix_user_search_text", "user")
    op.drop_column("user", "search_text")
    op.drop_column("user", "shut_out_at")
