package records

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

// Statuses that only AppFolio has.
const (
	statusUnavailable = 533 // nightly maintenance, or a window too wide
	statusCredentials = 701
)

// Refused is AppFolio's no, its silence, or an answer that cannot be read. It is
// free of secrets and of records. errors.Is finds core.ErrCredentials and
// core.ErrUnavailable where AppFolio means these.
type Refused struct {
	Status     int           // HTTP status; 0 when there was no answer
	Code       string        // AppFolio's own, if it gave one
	Message    string        // what AppFolio said, scrubbed and shortened; may be empty
	RequestID  string        // AppFolio's, for its support; may be empty
	RetryAfter time.Duration // how long to leave AppFolio alone; 0: it did not say
	Err        error         // why there is nothing to read: nobody answered, or not in records
}

func (e *Refused) Error() string {
	if e.Status == 0 {
		return fmt.Sprintf("no answer from AppFolio: %v", e.Err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "AppFolio answered %d", e.Status)
	if e.Code != "" {
		fmt.Fprintf(&b, " (%s)", e.Code)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, " (request %s)", e.RequestID)
	}
	return b.String()
}

// Unwrap is what stands behind the refusal.
func (e *Refused) Unwrap() []error {
	switch {
	case e.Err != nil:
		return []error{e.Err}
	case e.badCredentials():
		return []error{core.ErrCredentials}
	case e.Status == statusUnavailable || e.Status == http.StatusServiceUnavailable || e.Code == "533":
		return []error{core.ErrUnavailable}
	}
	return nil
}

func (e *Refused) badCredentials() bool {
	switch e.Status {
	case http.StatusUnauthorized, http.StatusForbidden, statusCredentials:
		return true
	}
	return e.Code == "701"
}

// Temporary reports whether trying again unchanged can help. What is neither yes
// nor no, as when a portal answers in AppFolio's place, may end as well.
func (e *Refused) Temporary() bool {
	switch {
	case e.badCredentials():
		return false
	case e.Status == http.StatusRequestTimeout || e.Status == http.StatusTooManyRequests || errors.Is(e, core.ErrUnavailable):
		return true
	}
	return e.Status < 400 || e.Status >= 500
}

const longestCode = 40 // of a code and a request id, in characters

// refusal reads an answer that is no success.
func refusal(resp *http.Response, words []byte, secrets core.Secrets) *Refused {
	var said struct {
		Code text `json:"code"`
	}
	_ = json.Unmarshal(words, &said) // web pages and plain text have no code
	e := &Refused{
		Status:     resp.StatusCode,
		Code:       shorten(appfolio.Clean(string(said.Code), secrets)),
		Message:    appfolio.Message(words, secrets),
		RequestID:  shorten(appfolio.Clean(resp.Header.Get("X-Request-Id"), secrets)),
		RetryAfter: min(appfolio.RetryAfter(resp.Header), longestPause),
	}
	if e.Message == e.Code {
		e.Message = ""
	}
	if e.Status == http.StatusTooManyRequests {
		e.RetryAfter = cmp.Or(e.RetryAfter, unsaidPause)
	}
	return e
}

func shorten(s string) string {
	if r := []rune(s); len(r) > longestCode {
		return string(r[:longestCode-1]) + "…"
	}
	return s
}
