import pickle

from videogen.errors import DatabaseError


def test_an_error_says_what_where_and_the_cure_in_two_lines() -> None:
    error = DatabaseError("There is no database", where="app.db", cure="Start the web app once.")
    assert str(error) == "There is no database (app.db)\nStart the web app once."


def test_a_command_stands_behind_the_advice_that_leads_up_to_it() -> None:
    assert DatabaseError("Locked", cure="See who", command="lsof app.db").cure == (
        "See who: lsof app.db"
    )
    assert DatabaseError("Locked", command="lsof app.db").cure == "Run: lsof app.db"


def test_an_error_crosses_from_a_worker_whole() -> None:
    told = DatabaseError("Locked", where="app.db", cure="See who", command="lsof app.db")
    error = pickle.loads(pickle.dumps(told))
    assert (type(error), error.what, error.where, error.cure, error.command) == (
        DatabaseError,
        "Locked",
        "app.db",
        "See who: lsof app.db",
        "lsof app.db",
    )
