package explain

import (
	"net/http"
	"strings"
	"time"

	"rentbell/core"
)

// registration says why AppFolio did not take a registration; again says when
// it is tried again, where it is.
func (t Tongue) registration(e *core.SubscribeError, again string) Words {
	switch {
	case e.Status == 0:
		return t.noAnswer(e.Err, again)
	case e.Status == http.StatusTooManyRequests:
		return Words{t("AppFolio asks Rentbell to wait"), sentences(t("Too many registrations came in a short time."), t.leftAlone(e.RetryAfter)), again}
	case e.Status == http.StatusRequestTimeout:
		return Words{t("AppFolio gave up waiting"), t("The registration did not arrive in time."), again}
	}
	w := t.words(refusalOf(e.Status))
	w.Cause = sentences(w.Cause, t.quoted(e.Message))
	if e.Temporary() {
		w.Fix = again
	}
	return w
}

// refusalOf are the words for an answer to a registration by its status.
func refusalOf(status int) Words {
	if status >= http.StatusInternalServerError {
		return Words{"AppFolio has a problem of its own", "It could not take the registration.", ""}
	}
	switch status {
	case http.StatusUnauthorized:
		return Words{"AppFolio does not accept the API key", "The key is wrong, or it has been taken back.", "Paste a new one in Settings, under AppFolio."}
	case http.StatusForbidden:
		return Words{"This API key may not register webhooks", "AppFolio knows the key, but it lacks the permission.", "Ask your AppFolio administrator for a key that may."}
	case http.StatusNotFound:
		return Words{"AppFolio takes no webhooks here", "Your AppFolio account or plan may not include them.", "Ask AppFolio's support to switch webhooks on."}
	case http.StatusUnprocessableEntity, http.StatusBadRequest, http.StatusConflict:
		return Words{"AppFolio did not accept the registration", "Something about your address or secret does not suit it.", "Mend that in Settings and register again."}
	}
	return Words{"AppFolio did not accept the registration", "It gave an answer that Rentbell does not know.", "Check the API key in Settings and register again."}
}

// quoted lets AppFolio speak for itself. Its words have been cleaned where they
// came in.
func (t Tongue) quoted(message string) string {
	if message == "" {
		return ""
	}
	return t("It says: “%s.”", strings.TrimRight(message, ". "))
}

// leftAlone says how long AppFolio wants to be left alone.
func (t Tongue) leftAlone(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return t("It wants to be left alone for %s.", t.span(d))
}

// noAnswer says why AppFolio is silent.
func (t Tongue) noAnswer(err error, again string) Words {
	for _, rows := range [][]row{onTheWay, ways} {
		if w, known := lookUp(err, rows); known {
			return t.words(w)
		}
	}
	return t.silent("AppFolio does not answer", silences[silenceOf(err)].appFolio, again)
}

// strangeAnswer says why a test event came to somebody else.
func strangeAnswer(e *core.AnswerError) Words {
	if w, known := answerOf(e.Code); known {
		return w
	}
	const title = "The test event did not arrive"
	if e.Status >= 500 {
		return Words{title, "Something on the way has a problem of its own.", "Try again in a moment."}
	}
	return Words{title, "Something else answers at your address.", "Check where the address leads."}
}
