package frame

import (
	"cmp"
	"errors"
	"net"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// OfficeState is how following an office goes, as far as it makes a difference to the
// user.
type OfficeState int

// The states of following an office.
const (
	OfficeNone OfficeState = iota // this computer has joined none
	OfficeConnecting
	OfficeCatching // events are on their way
	OfficeUpToDate
	OfficeQuiet   // nothing was heard for a while
	OfficeTrouble // the user has to do something
	OfficeRemoved // this desk was taken off the list
)

// quietOffice is the silence after which the office counts as not heard. It says
// something every few seconds.
const quietOffice = 2 * time.Minute

// OfficeStateOf tells how following goes.
func OfficeStateOf(s core.OfficeStatus, now time.Time) OfficeState {
	silent := s.Heard.IsZero() || now.Sub(s.Heard) >= quietOffice
	switch {
	case errors.Is(s.Problem, office.ErrRevoked):
		return OfficeRemoved
	case s.Name == "":
		return OfficeNone
	case errors.Is(s.Problem, office.ErrStranger), errors.Is(s.Problem, office.ErrTooNew):
		return OfficeTrouble
	case s.Loading:
		return OfficeCatching
	case s.Problem == nil && s.Heard.IsZero(), !s.Following && !silent:
		return OfficeConnecting
	case silent:
		return OfficeQuiet
	case s.Behind > 0:
		return OfficeCatching
	}
	return OfficeUpToDate
}

// ReceiverOf is the receiver of an office as people name it: by its name, or as long as that
// is not known, by its host.
func ReceiverOf(s core.OfficeStatus) string { return cmp.Or(s.Receiver, HostOf(s)) }

// HostOf is where the receiver of an office is, without the port.
func HostOf(s core.OfficeStatus) string {
	host, _, err := net.SplitHostPort(s.Address)
	if err != nil {
		return s.Address
	}
	return host
}

// OfficeArrivals says how far what the office has is here.
func OfficeArrivals(s core.Status, now time.Time) string {
	n, behind := s.Summary.Events, s.Office.Behind
	switch state := OfficeStateOf(s.Office, now); {
	case state == OfficeUpToDate:
		return words.SayN(n, "Everything is here: %s event.", "Everything is here: %s events.", explain.Number(n))
	case state != OfficeCatching:
		return words.Say("Connecting")
	case s.Office.Loading || behind == 0:
		return words.Say("Everything that the office has is fetched.")
	}
	return words.Say("Catching up %s", explain.Number(int(behind)))
}

// NewReceiverGuide explains in three steps how another computer becomes the receiver of
// an office.
func NewReceiverGuide() fyne.CanvasObject {
	list := kit.VStack(10)
	for i, s := range []struct{ title, text string }{
		{words.Say("Choose a computer that is always on"), words.Say("A mini PC or a small server. AppFolio's keys go there, and nowhere else.")},
		{words.Say("Start rentbelld there, as a service"), words.Say("“rentbelld serve --office” then starts with the computer. It needs no screen.")},
		{words.Say("Make a code for each desk"), words.Say("Run “rentbelld office invite” there, and type the code on the desk.")},
	} {
		step := newGuideStep(i+1, s.title, nil)
		step.text.Set(s.text)
		list.Add(step.object)
	}
	list.Add(kit.NewProse(words.Say("OFFICE.md in Rentbell's source has that service for Linux and for Windows."), kit.Caption))
	return list
}
