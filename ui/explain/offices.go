package explain

import (
	"cmp"
	"errors"
	"time"

	"rentbell/core"
	"rentbell/core/office"
)

// offices are the troubles of joining an office and of following it.
var offices = []row{
	{office.ErrStranger, Words{
		"Another computer answers in place of the office",
		"It is not the one that this desk has joined.",
		"Look at the address. If Rentbell was set up anew there, join again with a new code.",
	}},
	{office.ErrRevoked, Words{
		"This desk was removed from the office",
		"It keeps what it has and gets nothing new.",
		"To come back, join again with a new code.",
	}},
	{office.ErrCodeUsed, Words{
		"The code is used up",
		"A code counts once, for ten minutes and five tries.",
		"Make a new one on the computer that receives.",
	}},
	{office.ErrCode, Words{
		"The code did not fit",
		"A code has ten letters and digits, and the newest one counts.",
		"Look at it once more, or make a new one on the computer that receives.",
	}},
	{office.ErrNotJoined, Words{
		"This computer has joined no office",
		"Nothing is followed yet.",
		"Make a code on the computer that receives, and join with it.",
	}},
	{office.ErrNotReceiver, Words{
		"This computer does not receive for an office",
		"It is a desk, or has never received for one.",
		"Do this on the computer that receives, in its data directory.",
	}},
	{office.ErrOwnEvents, Words{
		"This computer has received events itself",
		"A desk has those of the office alone, so they would be mixed.",
		"Choose another data directory for the desk.",
	}},
	{office.ErrTooNew, Words{
		"Rentbell here is older than the office",
		"It cannot read what the office sends.",
		"Install the newest Rentbell.",
	}},
	{core.ErrDeskTooOld, Words{
		"Rentbell here is older than the office",
		"You can read everything. What desks share cannot be changed here.",
		"Install the newest Rentbell to change things.",
	}},
	{office.ErrNoDesk, Words{
		"No desk has this name",
		"It was removed already, or is called something else.",
		"Look at the list of desks.",
	}},
	{office.ErrNoManager, Words{
		"This desk does not manage the office",
		"Another desk may have changed its role.",
		"Ask somebody whose desk manages.",
	}},
	{office.ErrOwnDesk, Words{
		"A desk cannot do this to itself",
		"Somebody has to manage the office.",
		"Do it on another desk that manages.",
	}},
	{office.ErrNoneFound, Words{
		"No office found here",
		"No computer on this network says that it receives for an office.",
		"Type its address.",
	}},
	{office.ErrSeveralFound, Words{
		"Several offices found here",
		"More than one computer on this network says that it receives for an office.",
		"Type the address of yours.",
	}},
	{office.ErrClusterDomain, Words{
		"The NATS cluster's JetStream has no domain",
		"A receiver outside the cluster cannot name it.",
		"Set domain in the jetstream block of all of its servers.",
	}},
	{office.ErrClusterSmall, Words{
		"The NATS cluster takes small messages only",
		"An event can be larger.",
		"Set max_payload of all of its servers to 4 MB.",
	}},
	{office.ErrClusterTaken, Words{
		"Another receiver has this account in the NATS cluster",
		"Two offices in one account would mix their names.",
		"Use an account for each office. Where this receiver takes the other's place, delete the key receiver of the bucket office.",
	}},
	{office.ErrClusterAway, Words{
		"The NATS cluster is out of reach",
		"Deliveries are kept here, and desks get them as soon as it answers.",
		"Look whether its leaf node port answers, and whether it takes the credentials.",
	}},
	{office.ErrUnreachable, Words{
		"The office is out of reach",
		"The computer that receives does not answer. This desk tries again by itself.",
		"Look whether that computer is on, and its address is right.",
	}},
}

// wrongCode says how many tries there still are.
func (t Tongue) wrongCode(w *office.WrongCode) Words {
	said := t.words(Words{"The code did not fit", "No try is left.", "Make a new one on the computer that receives."})
	if w.Left > 0 {
		said.Cause, said.Fix = t("One try is left."), t("Look at it once more, or make a new one on the computer that receives.")
	}
	if w.Left > 1 {
		said.Cause = t("%s tries left.", Number(w.Left))
	}
	return said
}

func (t Tongue) sayOffice(c core.Check, _ core.Status, now time.Time) (text, fix string) {
	switch {
	case c.State == core.CheckGood:
		return t("Rentbell there answers"), ""
	case c.Err == nil && c.State == core.CheckUnknown:
		return t("Connecting"), ""
	}
	w := t.words(unexplained)
	switch {
	case errors.Is(c.Err, core.ErrNotRunning):
		w = t.Error(c.Err)
		w.Cause = t("Nothing is followed.")
	case c.Err != nil:
		w = t.Error(c.Err)
	}
	if !c.When.IsZero() {
		w.Cause = t("Last heard %s.", t.At(c.When.In(now.Location()), now))
	}
	text, fix = t.told(w)
	return text, cmp.Or(fix, t("Look whether that computer is on, and its address is right."))
}

func (t Tongue) sayOfficeLag(c core.Check, s core.Status, _ time.Time) (text, fix string) {
	switch {
	case c.State == core.CheckUnknown:
		return t(notKnown), ""
	case s.Office.Behind > 0:
		return t("Catching up %s", Number(int(s.Office.Behind))), t("They come by themselves.")
	case c.State == core.CheckGood:
		return t("Up to date"), ""
	}
	return t("Not up to date"), t("They come by themselves.")
}

func (t Tongue) sayOfficeDesks(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	fix = t("Nothing is lost, and it is tried again. Look whether the disk is full.")
	switch {
	case c.State == core.CheckUnknown:
		return t(notKnown), ""
	case c.State != core.CheckGood && ofCluster(c.Err):
		return t("Desks get nothing new at the moment"), t("Nothing is lost. Look at the NATS cluster.")
	case c.State != core.CheckGood:
		return t("Desks get nothing new at the moment"), fix
	case c.Good == 0:
		return t("No desk has joined yet"), ""
	case c.Good == 1:
		return t("One desk can follow"), ""
	}
	return t("%s desks can follow", Number(c.Good)), ""
}

// ofCluster reports whether a trouble is one with the NATS cluster of an office.
func ofCluster(err error) bool {
	return errors.Is(err, office.ErrClusterAway) || errors.Is(err, office.ErrClusterDomain) ||
		errors.Is(err, office.ErrClusterSmall) || errors.Is(err, office.ErrClusterTaken)
}

func (t Tongue) sayOfficeCluster(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	switch {
	case c.State == core.CheckUnknown:
		return t("Connecting"), ""
	case c.State != core.CheckGood && ofCluster(c.Err):
		return t.told(t.Error(c.Err))
	case c.State != core.CheckGood:
		return t(notKnown), t("Nothing is lost. Look at the NATS cluster.")
	case c.Good == 1:
		return t("It answers, and has one copy"), ""
	}
	return t("It answers, and has %s copies", Number(c.Good)), ""
}
