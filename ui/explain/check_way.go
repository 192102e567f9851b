package explain

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// The checks of the way from AppFolio to this computer.

func sayInternet(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	subscribe := new(core.SubscribeError)
	switch {
	case c.State == core.CheckUnknown:
		return notKnown, ""
	case errors.As(c.Err, &subscribe) && subscribe.Status == 0:
		text, fix = told(noAnswer(subscribe.Err, ""))
		return text, cmp.Or(fix, "Try again later, or from another network.")
	case errors.As(c.Err, &subscribe):
		return "AppFolio answers, but has a problem of its own", "Try again later."
	case c.Err != nil:
		return told(Error(c.Err))
	case c.State == core.CheckBad:
		return told(noAnswer(nil, ""))
	case c.State == core.CheckWarn:
		return working(c.Took), "It is slow. If deliveries come late, try another network."
	}
	return working(c.Took), ""
}

// working is a way that works, and how long it takes there and back.
func working(took time.Duration) string {
	switch {
	case took <= 0:
		return "Working"
	case took < time.Second:
		return "Working, " + strconv.Itoa(int(max(1, took.Milliseconds()))) + " ms"
	}
	return "Working, " + strconv.FormatFloat(took.Seconds(), 'f', 1, 64) + " seconds"
}

func sayTunnel(c core.Check, s core.Status, now time.Time) (text, fix string) {
	tunnel := new(core.TunnelError)
	switch {
	case errors.As(c.Err, &tunnel):
		return told(tunnelDown(tunnel, "", ""))
	case c.Err != nil:
		return told(Error(c.Err))
	case c.State == core.CheckGood:
		line := c.Line
		if line == (core.Line{}) {
			line = s.Line
		}
		return lineText(line, cmp.Or(c.Took, line.Latency)), ""
	case c.State == core.CheckUnknown && (s.Connection == core.Connecting || s.Connection == core.Reconnecting):
		return "Connecting", ""
	case c.State == core.CheckUnknown:
		return notKnown, ""
	}
	return told(unreachable(s, now))
}

// lineText is what the tunnel's service tells: "Working, 41 ms. Region us, Free plan".
func lineText(l core.Line, took time.Duration) string {
	var known []string
	if region := tidy(l.Region); region != "" {
		known = append(known, "Region "+region)
	}
	if plan := tidy(l.Plan); plan != "" {
		known = append(known, plan+" plan")
	}
	text := working(took)
	if len(known) == 0 {
		return text
	}
	return text + ". " + strings.Join(known, ", ")
}

// tidy keeps a short name from outside, and nothing that is more than a name.
func tidy(name string) string {
	const longest = 24
	strange := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != ' '
	}
	if len(name) > longest || strings.ContainsFunc(name, strange) {
		return ""
	}
	return name
}

func sayRegistration(c core.Check, s core.Status, now time.Time) (text, fix string) {
	subscribe := new(core.SubscribeError)
	switch {
	case c.State == core.CheckUnknown:
		return waitingRegistration(c, s.Registration.Progress, now), ""
	case errors.As(c.Err, &subscribe):
		return told(registration(subscribe, again(s.Registration.RetryAt, now, "Rentbell tries again by itself.")))
	case c.Err != nil:
		return told(Error(c.Err))
	case c.State == core.CheckGood:
		return registered(c.When, now), ""
	}
	return told(Error(core.ErrNotRegistered))
}

func registered(when, now time.Time) string {
	if when.IsZero() {
		return "Registered"
	}
	return "Registered " + At(when.In(now.Location()), now)
}

// waitingRegistration is a registration that nobody has to do anything about.
func waitingRegistration(c core.Check, p core.Progress, now time.Time) string {
	switch p {
	case core.NotWanted:
		return "Needs the API key first"
	case core.Waiting:
		return "Waits until your address is open"
	case core.Registering:
		return "AppFolio is being told"
	case core.Registered:
		return registered(c.When, now) + ". AppFolio does not confirm it now"
	}
	return notKnown
}

func saySignatures(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	if c.Err != nil && !errors.Is(c.Err, core.ErrSignaturesWrong) {
		return told(Error(c.Err))
	}
	if c.Good+c.Bad == 0 {
		return "No delivery today", "If you expected one, register the webhook again."
	}
	text = Number(c.Good) + " of " + Number(c.Good+c.Bad) + " matched today"
	if c.Bad > 0 {
		text += ", " + Number(c.Bad) + " kept out"
	}
	return text, "If you made a new secret, register the webhook again."
}
