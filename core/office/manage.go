package office

import (
	"errors"
	"time"

	"rentbell/core"
)

// A desk asks the receiver on subjects that end with its own key; on those of another desk
// it may not publish. So the receiver knows who asks.
const (
	askOwn = "ask.own." // what the receiver knows of the desk itself; any desk may ask
	askTo  = "ask.manage."
)

// SubjectOwn is where a desk asks for its own row of the list. The answer is an Answer with
// that one. With an Ask to leave the row goes, and the answer has none.
func SubjectOwn(key string) string { return askOwn + key }

// SubjectManage is where a manager's desk asks for an Ask to be done. The answer is an
// Answer.
func SubjectManage(key string) string { return askTo + key }

// AllOwn and AllManage are what the receiver listens to.
const (
	AllOwn    = askOwn + "*"
	AllManage = askTo + "*"
)

// What a manager may ask for.
const (
	AskDesks  = "desks"  // nothing but the answer
	AskInvite = "invite" // a code for one more desk
	AskStop   = "stop"   // no code is in force any more
	AskRevoke = "revoke" // Name is removed
	AskRole   = "role"   // Name gets the role Manager says
	AskKeep   = "keep"   // records of more than Years full years ago are deleted, here and on all desks
)

// AskLeave is what any desk may ask for, on its own subject: it is taken off the list.
const AskLeave = "leave"

// Ask is what a desk asks for.
type Ask struct {
	Do      string `json:"do"`
	Name    string `json:"name,omitempty"` // of a desk
	Manager bool   `json:"manager,omitempty"`
	Years   int    `json:"years,omitempty"` // 0: none is deleted
}

// Answer is what the receiver says to it. Times are by its clock, in UTC. A manager gets the
// whole list, as it is when the Ask is done.
type Answer struct {
	Facts    *core.OfficeFacts `json:"facts,omitempty"`    // to who asks for its own row; nil: they are not known
	Receiver string            `json:"receiver,omitempty"` // what the computer that receives is called
	At       time.Time         `json:"at,omitzero"`        // of the answer
	Newest   uint64            `json:"newest,omitempty"`   // the event that was received last
	Desks    []Desk            `json:"desks,omitempty"`    // a desk that is there now was not seen before At
	Code     string            `json:"code,omitempty"`
	Until    time.Time         `json:"until,omitzero"` // the code in force counts so long; zero: none is
	Error    string            `json:"error,omitempty"`
}

// Here reports whether a desk of the list was there when it was made.
func (a Answer) Here(d Desk) bool { return !a.At.IsZero() && !d.LastSeen.Before(a.At) }

// Left reports whether a desk is told that it is off the list.
func (a Answer) Left() bool { return a.Error == "" && len(a.Desks) == 0 }

// Refusal is the word of an Answer for an error.
func Refusal(err error) string {
	for word, refusal := range refusals() {
		if errors.Is(err, refusal) {
			return word
		}
	}
	return "failed"
}

// Err is what an Answer's word stands for; nil where it has none.
func (a Answer) Err() error {
	if a.Error == "" {
		return nil
	}
	if err, known := refusals()[a.Error]; known {
		return err
	}
	return errors.New("the receiver could not do it")
}

func refusals() map[string]error {
	return map[string]error{"no_desk": ErrNoDesk, "own_desk": ErrOwnDesk, "no_manager": ErrNoManager}
}
