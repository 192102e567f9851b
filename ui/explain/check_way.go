package explain

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"rentbell/core"
)

// The checks of the way from AppFolio to this computer.

func (t Tongue) sayInternet(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	subscribe := new(core.SubscribeError)
	switch {
	case c.State == core.CheckUnknown:
		return t(notKnown), ""
	case errors.As(c.Err, &subscribe) && subscribe.Status == 0:
		text, fix = t.told(t.noAnswer(subscribe.Err, ""))
		return text, cmp.Or(fix, t("Try again later, or from another network."))
	case errors.As(c.Err, &subscribe):
		return t("AppFolio answers, but has a problem of its own"), t("Try again later.")
	case c.Err != nil:
		return t.told(t.Error(c.Err))
	case c.State == core.CheckBad:
		return t.told(t.noAnswer(nil, ""))
	case c.State == core.CheckWarn:
		return t.working(c.Took), t("It is slow. If deliveries come late, try another network.")
	}
	return t.working(c.Took), ""
}

// working is a way that works, and how long it takes there and back.
func (t Tongue) working(took time.Duration) string {
	switch {
	case took <= 0:
		return t("Working")
	case took < time.Second:
		return t("Working, %d ms", max(1, took.Milliseconds()))
	}
	return t("Working, %.1f seconds", took.Seconds())
}

func (t Tongue) sayTunnel(c core.Check, s core.Status, now time.Time) (text, fix string) {
	tunnel := new(core.TunnelError)
	switch {
	case errors.As(c.Err, &tunnel):
		return t.told(t.tunnelDown(tunnel, "", ""))
	case c.Err != nil:
		return t.told(t.Error(c.Err))
	case c.State == core.CheckGood:
		line := c.Line
		if line == (core.Line{}) {
			line = s.Line
		}
		return t.lineText(line, cmp.Or(c.Took, line.Latency)), ""
	case c.State == core.CheckUnknown && (s.Connection == core.Connecting || s.Connection == core.Reconnecting):
		return t("Connecting"), ""
	case c.State == core.CheckUnknown:
		return t(notKnown), ""
	}
	return t.told(t.unreachable(s, now))
}

// lineText is what the tunnel's service tells: "Working, 41 ms. Region us, Free plan".
func (t Tongue) lineText(l core.Line, took time.Duration) string {
	text, region, plan := t.working(took), tidy(l.Region), tidy(l.Plan)
	switch {
	case region != "" && plan != "":
		return t("%s. Region %s, %s plan", text, region, plan)
	case region != "":
		return t("%s. Region %s", text, region)
	case plan != "":
		return t("%s. %s plan", text, plan)
	}
	return text
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

func (t Tongue) sayRegistration(c core.Check, s core.Status, now time.Time) (text, fix string) {
	subscribe := new(core.SubscribeError)
	switch {
	case s.Kind == core.KindDeveloperSpace:
		return t.byHand(c.When, now), ""
	case c.State == core.CheckUnknown:
		return t.waitingRegistration(c, s.Registration.Progress, now), ""
	case errors.As(c.Err, &subscribe):
		return t.told(t.registration(subscribe, t.again(s.Registration.RetryAt, now, triesAgain)))
	case c.Err != nil:
		return t.told(t.Error(c.Err))
	case c.State == core.CheckGood:
		return t.registered(c.When, now), ""
	}
	return t.told(t.Error(core.ErrNotRegistered))
}

func (t Tongue) registered(when, now time.Time) string {
	if when.IsZero() {
		return t("Registered")
	}
	return t("Registered %s", t.At(when.In(now.Location()), now))
}

// byHand is a registration that is made on AppFolio's page.
func (t Tongue) byHand(rang, now time.Time) string {
	if rang.IsZero() {
		return t("Registered by hand in AppFolio. Nothing has arrived yet")
	}
	return t("Registered by hand in AppFolio. It rang %s", t.At(rang.In(now.Location()), now))
}

// waitingRegistration is a registration that nobody has to do anything about.
func (t Tongue) waitingRegistration(c core.Check, p core.Progress, now time.Time) string {
	switch p {
	case core.NotWanted:
		return t("Needs the API key first")
	case core.Waiting:
		return t("Waits until your address is open")
	case core.Registering:
		return t("AppFolio is being told")
	case core.Registered:
		return t("%s. AppFolio does not confirm it now", t.registered(c.When, now))
	}
	return t(notKnown)
}

func (t Tongue) saySignatures(c core.Check, s core.Status, _ time.Time) (text, fix string) {
	if c.Err != nil && !errors.Is(c.Err, core.ErrSignaturesWrong) {
		return t.told(t.Error(c.Err))
	}
	if c.Good+c.Bad == 0 {
		if s.Kind == core.KindDeveloperSpace {
			text, fix = t("No delivery today"), t("If you expected one, press Send Test Event on AppFolio's page.")
			if s.Doorbell.IsZero() {
				text = t("Nothing has arrived yet")
			}
			return text, fix
		}
		return t("No delivery today"), t("If you expected one, register the webhook again.")
	}
	text = t("%s of %s matched today", Number(c.Good), Number(c.Good+c.Bad))
	if c.Bad > 0 {
		text = t("%s of %s matched today, %s kept out", Number(c.Good), Number(c.Good+c.Bad), Number(c.Bad))
	}
	if s.Kind == core.KindDeveloperSpace {
		return text, t("AppFolio had not signed them. You can leave it.")
	}
	return text, t("If you made a new secret, register the webhook again.")
}
