"""streamlit run app.py: the server, page set-up and navigation, nothing else.

Streamlit imports this file as `app` to serve it, and runs it as `__main__` for every visit. The
children that read files import it under a third name: they need neither server nor page.
"""


def main() -> None:
    """Show the page that the address asks for, to those who may see it."""
    import streamlit as st

    from ui.library_page import library_page
    from ui.search_page import search_page
    from ui.sign_in import admitted

    st.set_page_config(page_title="Casebook", page_icon="📖", layout="centered")
    if admitted():
        pages = [
            st.Page(search_page, title="Search", default=True),
            st.Page(library_page, title="Library", url_path="library"),
        ]
        st.navigation(pages, position="top").run()


if __name__ == "__main__":
    main()
elif __name__ == "app":
    import streamlit as st

    from index.location import index_place
    from ui.server import (
        guards,
        health_routes,
        keep_messages_out_of_the_log,
        script_failed,
        warming_up,
    )
    from ui.warm_up import WarmUp

    keep_messages_out_of_the_log()
    warm_up = WarmUp(index_place)
    app = st.App(
        __file__,
        middleware=guards(),
        routes=health_routes(warm_up),
        lifespan=warming_up(warm_up),
        on_script_error=script_failed,
    )
