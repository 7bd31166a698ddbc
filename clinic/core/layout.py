"""What crispy forms need to sit inside our own pages."""

from crispy_forms.helper import FormHelper
from django.forms import BaseForm


def page_helper(form: BaseForm | None = None) -> FormHelper:
    """A helper for forms shown by `partials/form.html`.

    The partial brings the form tag, the token and the button.
    """
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    return helper
