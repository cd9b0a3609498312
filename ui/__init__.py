"""The pages that app.py shows; the only place beside app.py that knows Streamlit."""
