import pickle

from videogen.errors import DatabaseError


def test_an_error_says_what_where_and_the_cure_in_two_lines() -> None:
    error = DatabaseError("There is no database", where="app.db", cure="Start the web app once.")
    assert str(error) == "There is no database (app.db)\nStart the web app once."


def test_an_error_crosses_from_a_worker_whole() -> None:
    error = pickle.loads(pickle.dumps(DatabaseError("Locked", where="app.db", cure="Wait.")))
    assert (type(error), error.what, error.where, error.cure) == (
        DatabaseError,
        "Locked",
        "app.db",
        "Wait.",
    )
