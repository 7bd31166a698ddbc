"""What crispy forms need to sit inside our own pages."""

from crispy_forms.helper import FormHelper


class PageHelper(FormHelper):
    """A helper for forms shown by `partials/form.html`, which brings the form tag and the button."""

    def __init__(self, form: object | None = None) -> None:
        super().__init__(form)
        self.form_tag = False
        self.disable_csrf = True
        self.include_media = False
