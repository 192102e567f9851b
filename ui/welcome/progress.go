package welcome

import "rentbell/core"

// progress says which of the three steps are done.
type progress [3]bool

// progressOf returns the progress according to what is stored. registered is
// the third step.
func progressOf(b Bell, registered bool) progress {
	a, s := b.Account(), b.Settings()
	switch a.Kind {
	case core.KindReports:
		return progress{0: s.ReportsDir != ""}
	case core.KindOffice:
		return progress{0: true}
	}
	connected := !a.Secrets.APIKey.IsZero()
	if a.Kind == core.KindDeveloperSpace {
		connected = a.Complete()
	}
	return progress{
		connected,
		!a.Secrets.Authtoken.IsZero() || s.Door == core.TunnelManual && s.ManualAddress != "",
		registered,
	}
}

// resume returns the step to continue with. The first step also counts as
// passed if the user skipped it; a stored webhook secret or kind shows that.
func resume(b Bell) int {
	p, a := progressOf(b, false), b.Account()
	if a.Kind == core.KindReports && !p[0] {
		return 0
	}
	switch begun := p[0] || a.Kind == core.KindDeveloperSpace || !a.Secrets.WebhookSecret.IsZero(); {
	case p[1]:
		return 2
	case begun:
		return 1
	}
	return 0
}
