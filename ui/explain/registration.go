package explain

import (
	"net/http"
	"strings"
	"time"

	"rentbell/core"
)

// registration says why AppFolio did not take a registration; again says when
// it is tried again, where it is.
func registration(e *core.SubscribeError, again string) Words {
	switch {
	case e.Status == 0:
		return noAnswer(e.Err, again)
	case e.Status >= 500:
		return Words{"AppFolio has a problem of its own", "It could not take the registration." + quoted(e.Message), again}
	}
	switch e.Status {
	case http.StatusUnauthorized:
		return Words{"AppFolio does not accept the API key", "The key is wrong, or it has been taken back." + quoted(e.Message), "Paste a new one in Settings, under AppFolio."}
	case http.StatusForbidden:
		return Words{"This API key may not register webhooks", "AppFolio knows the key, but it lacks the permission." + quoted(e.Message), "Ask your AppFolio administrator for a key that may."}
	case http.StatusNotFound:
		return Words{"AppFolio takes no webhooks here", "Your AppFolio account or plan may not include them." + quoted(e.Message), "Ask AppFolio's support to switch webhooks on."}
	case http.StatusUnprocessableEntity, http.StatusBadRequest, http.StatusConflict:
		return Words{"AppFolio did not accept the registration", "Something about your address or secret does not suit it." + quoted(e.Message), "Mend that in Settings and register again."}
	case http.StatusTooManyRequests:
		return Words{"AppFolio asks Rentbell to wait", "Too many registrations came in a short time." + leftAlone(e.RetryAfter), again}
	case http.StatusRequestTimeout:
		return Words{"AppFolio gave up waiting", "The registration did not arrive in time.", again}
	}
	w := Words{"AppFolio did not accept the registration", "It gave an answer that Rentbell does not know." + quoted(e.Message), "Check the API key in Settings and register again."}
	if e.Temporary() {
		w.Fix = again
	}
	return w
}

// quoted lets AppFolio speak for itself. Its words have been cleaned where they
// came in.
func quoted(message string) string {
	if message == "" {
		return ""
	}
	return " It says: “" + strings.TrimRight(message, ". ") + ".”"
}

// leftAlone says how long AppFolio wants to be left alone.
func leftAlone(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return " It wants to be left alone for " + span(d) + "."
}

// noAnswer says why AppFolio is silent.
func noAnswer(err error, again string) Words {
	if w, known := lookUp(err, onTheWay); known {
		return w
	}
	return silences[silenceOf(err)].appFolio.words("AppFolio does not answer", again)
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
