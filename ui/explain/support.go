package explain

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"rentbell/core"
)

// About is what a support report tells about the program.
type About struct {
	Program string // "Rentbell" or "rentbelld"
	Version string
	System  string          // as runtime.GOOS names it
	Arch    string          // as runtime.GOARCH names it
	Tunnel  core.TunnelKind // empty: ngrok
	Log     string          // where more is told; empty: nowhere
}

// Support is a health check as a text to send to somebody who helps. It holds
// neither secrets nor addresses, nor anything of a tenant: words of ours, numbers
// and times, and of what others wrote only ngrok's region and plan. It is English,
// whoever copies it: those who help read that.
func Support(r core.Report, about About) string {
	var b strings.Builder
	s := quiet(r.Status)
	fmt.Fprintf(&b, "%s %s on %s/%s\n", about.Program, about.Version, about.System, about.Arch)
	fact(&b, "Time", r.At.Format(time.RFC3339))
	switch s.Kind {
	case core.KindReports:
		fact(&b, "Connection", "reports in a folder")
	case core.KindOffice:
		fact(&b, "Connection", "a desk of an office")
	default:
		fact(&b, "Connection", connections[s.Connection]+sinceText(s.Since)+coded(s.Problem))
		fact(&b, "Tunnel", tunnelText(about.Tunnel, s.Address))
	}
	if s.Sample {
		fact(&b, "Data", "made up")
	}
	if about.Log != "" {
		fact(&b, "Log", about.Log)
	}

	b.WriteString("\nHealth check\n")
	for _, c := range r.Checks {
		trouble := coded(c.Err)
		c.Err = quietError(c.Err)
		row := English.Check(c, s, r.At)
		fmt.Fprintf(&b, "  %-8s %-20s %s%s\n", c.State, row.Title, English.Line(row), trouble)
	}

	b.WriteString("\nCounts\n")
	for _, c := range counts(s.Summary) {
		fmt.Fprintf(&b, "  %-17s %8s\n", c.name, Number(c.n))
	}
	return b.String()
}

func fact(b *strings.Builder, name, text string) { fmt.Fprintf(b, "%-12s %s\n", name, text) }

// connections are the states of the connection for those who help.
var connections = map[core.Connection]string{
	core.ConnectionOff:     "not set up",
	core.Connecting:        "connecting",
	core.Listening:         "listening",
	core.Reconnecting:      "reconnecting",
	core.Unreachable:       "not reachable",
	core.ConnectionRefused: "refused",
	core.ConnectionClosed:  "closed by the user",
}

func sinceText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return " since " + t.Format(time.RFC3339)
}

// ngrokDomain recognises the domains that ngrok gives names in.
var ngrokDomain = regexp.MustCompile(`(?i)\.ngrok(-free)?\.[a-z]+$`)

// tunnelText is the kind of the tunnel, and whose domain its address is in.
func tunnelText(kind core.TunnelKind, address string) string {
	switch kind {
	case core.TunnelLoopback:
		return "none, this computer only"
	case core.TunnelManual:
		return "the user's own"
	}
	u, err := url.Parse(address)
	switch {
	case address == "" || err != nil:
		return "ngrok, no address yet"
	case ngrokDomain.MatchString(u.Hostname()):
		return "ngrok, ngrok's domain"
	}
	return "ngrok, own domain"
}

// coded is what a service's refusal is known by: a code or a number.
func coded(err error) string {
	var (
		tunnel    *core.TunnelError
		subscribe *core.SubscribeError
	)
	var known []string
	if errors.As(err, &tunnel) {
		if codeOf.MatchString(tunnel.Code) {
			known = append(known, tunnel.Code)
		}
		if _, step := steps[tunnel.Step]; step {
			known = append(known, "at "+string(tunnel.Step))
		}
	}
	if errors.As(err, &subscribe) && subscribe.Status != 0 {
		known = append(known, fmt.Sprintf("AppFolio answered %d", subscribe.Status))
	}
	if len(known) == 0 {
		return ""
	}
	return " (" + strings.Join(known, ", ") + ")"
}

// quiet takes out of a status what AppFolio said in words of its own.
func quiet(s core.Status) core.Status {
	s.Problem, s.Registration.Problem = quietError(s.Problem), quietError(s.Registration.Problem)
	return s
}

func quietError(err error) error {
	subscribe := new(core.SubscribeError)
	if !errors.As(err, &subscribe) {
		return err
	}
	silent := *subscribe
	silent.Message = ""
	return &silent
}

// tally is a number and what it counts.
type tally struct {
	name string
	n    int
}

func counts(s core.Summary) []tally {
	return []tally{
		{"events", s.Events},
		{"payments", s.Feeds[core.FeedPayments]},
		{"work orders", s.Feeds[core.FeedWorkOrders]},
		{"leases", s.Feeds[core.FeedLeases]},
		{"tenants", s.Feeds[core.FeedTenants]},
		{"quarantined", s.Quarantined},
		{"need attention", s.Attention},
		{"open work orders", s.OpenWorkOrders},
		{"kept out", s.Rejected.Count},
		{"sent twice", s.Duplicates.Count},
	}
}
