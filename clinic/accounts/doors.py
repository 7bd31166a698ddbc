"""The pages of signing in and out, and of choosing where one works."""

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.accounts import actions, throttle, typed
from clinic.accounts.access import StaffRequest, public, staff
from clinic.accounts.forms import PasswordForm, SignInForm
from clinic.accounts.models import User
from clinic.accounts.queries import places
from clinic.accounts.sending_again import send_again
from clinic.accounts.working import at_work

START = "/"
WRONG = _("We do not know this e-mail with this password. Please check both.")
TOO_MANY = _(
    "There were too many tries with this e-mail. Please wait 15 minutes. If you have forgotten the "
    "password, your manager can set a new one."
)
NO_SITE = _("You do not work at any site at the moment. Please ask your manager.")


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by e-mail and password, then go on to where one was heading."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if request.method != "POST" and at_work(request):
        return HttpResponseRedirect(_own_page(request, wanted))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = _known(request, form)
        if user is not None:
            login(request, user)
            working = at_work(request)
            site_id = working.here.site.pk if working and working.here else None
            actions.note_sign_in(user=user, site_id=site_id, at=timezone.now())
            return HttpResponseRedirect(_own_page(request, wanted))
    return render(request, "accounts/sign_in.html", {"form": form, "next": wanted})


@sensitive_variables()
def _known(request: HttpRequest, form: SignInForm) -> User | None:
    """The person; or None, with the reason on the form: the same words for either mistake."""
    email, password = form.cleaned_data["email"], form.cleaned_data["password"]
    now = timezone.now()
    if not throttle.admit(email, now):
        form.add_error(None, TOO_MANY)
        return None
    # Django hashes the password for an unknown e-mail too, so both take the same time.
    user = authenticate(request, username=email, password=password)
    if not isinstance(user, User):
        form.add_error(None, WRONG)
        return None
    throttle.forget(email, now)
    if not places(user):
        form.add_error(None, NO_SITE)
        return None
    return user


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; the session is gone."""
    working = at_work(request)
    if working is not None:
        site_id = working.here.site.pk if working.here else None
        actions.note_sign_out(user=working.user, site_id=site_id, at=timezone.now())
    logout(request)
    return redirect("accounts:sign_in")


@staff()
@require_POST
def switch_site(request: StaffRequest) -> HttpResponse:
    """Go on at another of one's own sites; any other is as if it did not exist."""
    working = at_work(request)
    own = {str(place.site.pk): place.site for place in working.everywhere} if working else {}
    site = own.get(request.POST.get("site", ""))
    if site is None:
        raise Http404
    request.session["site_id"] = site.pk
    return HttpResponseRedirect(START)


@staff()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: StaffRequest) -> HttpResponse:
    """Change one's own password; other browsers are signed out by it."""
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _still_theirs(request, form):
        now = timezone.now()
        new = form.cleaned_data["new"]
        actions.set_own_password(actor=request.actor, user=request.user, password=new, at=now)
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed."))
        return HttpResponseRedirect(START)
    return render(request, "accounts/password.html", {"form": form})


@staff()
@require_safe
def typed_before(request: StaffRequest, name: str) -> HttpResponse:
    """What this person sent after their session had ended; nobody else's is found."""
    found = typed.kept(user_id=request.user.pk, name=name, at=timezone.now())
    if found is None:
        return HttpResponseRedirect(START)
    return send_again(request, found.path, found.fields, kept=name)


@sensitive_variables()
def _still_theirs(request: StaffRequest, form: PasswordForm) -> bool:
    """Whoever finds a browser left open does not know the password, and may not guess it."""
    email, now = request.user.email, timezone.now()
    if not throttle.admit(email, now):
        form.add_error(None, TOO_MANY)
    elif not request.user.check_password(form.cleaned_data["current"]):
        form.add_error("current", _("This is not your password now."))
    else:
        throttle.forget(email, now)
        return True
    return False


def _own_page(request: HttpRequest, wanted: str) -> str:
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else START
