"""streamlit run app.py: page set-up and navigation, nothing else."""


def main() -> None:
    """Show the page that the address asks for."""
    import streamlit as st

    from ui.search_page import search_page

    st.set_page_config(page_title="Casebook", page_icon="📖", layout="centered")
    st.navigation([st.Page(search_page, title="Search", default=True)], position="hidden").run()


# The children that read files import this module under another name: they need no page.
if __name__ == "__main__":
    main()
