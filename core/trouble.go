package core

import (
	"errors"
	"fmt"
	"strings"
)

// Troubles of the public door that people need words for.
var (
	// ErrNotSetUp: there is no authtoken or no webhook secret yet, so no door can open.
	ErrNotSetUp = errors.New("not set up yet")
	// ErrClosed: the user closed the address.
	ErrClosed = errors.New("the address is closed")
)

// Troubles of a test event.
var (
	// ErrNotListening: there is no open address to send it to.
	ErrNotListening = errors.New("no open address")
	// ErrTestByHand: only AppFolio can sign what Developer Space delivers, so its
	// own page sends the test event.
	ErrTestByHand = errors.New("only AppFolio can send a test event")
	// ErrTestLost: something answered at the address that is not this Rentbell.
	ErrTestLost = errors.New("the test event did not come back")
)

// AnswerError is an answer of something on the way, where Rentbell's own was
// expected.
type AnswerError struct {
	Status int
	Code   string // ngrok's, where its edge answered; else empty
}

func (e *AnswerError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("answered %d %s", e.Status, e.Code))
}
