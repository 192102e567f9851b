package core

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Statuses that only AppFolio has.
const (
	statusUnavailable = 533 // nightly maintenance, or a window too wide
	statusCredentials = 701
)

// Refused is AppFolio's no to reading back, its silence, or an answer that cannot be read. It is
// free of secrets and of records. errors.Is finds ErrCredentials and
// ErrUnavailable where AppFolio means these.
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
		return []error{ErrCredentials}
	case e.Status == statusUnavailable || e.Status == http.StatusServiceUnavailable || e.Code == "533":
		return []error{ErrUnavailable}
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
	case e.Status == http.StatusRequestTimeout || e.Status == http.StatusTooManyRequests || errors.Is(e, ErrUnavailable):
		return true
	}
	return e.Status < 400 || e.Status >= 500
}
