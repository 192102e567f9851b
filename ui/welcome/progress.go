package welcome

import "rentbell/core"

// progress says which of the three steps have been done.
type progress [3]bool

// progressOf is what is kept already, and what AppFolio knows.
func progressOf(b Bell, registered bool) progress {
	a, s := b.Account(), b.Settings()
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

// resume is the step to go on with: the first one after those that were done or left
// for later. Whoever went on without a key has a webhook secret all the same.
func resume(b Bell) int {
	p, a := progressOf(b, false), b.Account()
	switch begun := p[0] || a.Kind == core.KindDeveloperSpace || !a.Secrets.WebhookSecret.IsZero(); {
	case p[1]:
		return 2
	case begun:
		return 1
	}
	return 0
}
