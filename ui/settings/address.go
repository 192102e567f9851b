package settings

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// The ways to be reached, as the select names them.
func throughNgrok() string  { return words.Say("Through ngrok") }
func throughManual() string { return words.Say("Through a tunnel of my own") }

// addressCard holds what opens the address: through ngrok, or through something
// the user runs.
type addressCard struct {
	card
	door   *kit.Select
	manual bool // the select says so; it counts once the public address is saved
	fields fields
	shut   *kit.Button
	reopen *fyne.Container // in place of shut, where it is seen
	more   *kit.Disclosure // what few ever need
	page   State
}

func newAddressCard(w *tasks) *addressCard {
	c := &addressCard{card: newCard(w)}
	token, address, proxy := newField(w, c.token()), newField(w, c.address()), newField(w, c.proxy())
	public, port := newField(w, c.public()), newField(w, c.port())
	c.fields = fields{token, address, proxy, public, port}
	var door fyne.CanvasObject
	c.door, door = kit.NewSelect([]string{throughNgrok(), throughManual()}, c.chooseDoor)
	way := frame.Row(words.Say("Reached"), kit.HStack(0, kit.Sized(240, kit.ControlHigh, door)))
	c.shut = kit.NewButton(words.Say("Close the address"), nil, c.close)
	c.reopen = kit.VStack(6, kit.NewProse(words.Say("Closed by you. AppFolio cannot deliver."), kit.Body.In(kit.ColorWarn)),
		kit.HStack(0, kit.NewButton(words.Say("Open the address"), nil, func() { c.setClosed(false) }).Primary()))
	c.more = kit.NewDisclosure(words.Say("Other ways and networks"), nil, func() fyne.CanvasObject {
		return kit.VStack(12, way, proxy.object, kit.HStack(0, c.shut), c.trouble)
	})
	c.more.OnToggled = func(bool) { c.relayout() }
	c.object = newTitledCard(words.Say("Your address"), token.object, address.object, public.object, port.object, c.reopen, c.more)
	return c
}

func (c *addressCard) token() fieldParts {
	return fieldParts{
		label: words.Say("ngrok authtoken"), hint: words.Say("Paste the authtoken"), icon: assets.Key, secret: true,
		of: func(p State) fieldValue {
			v := fieldValue{Text: words.SecretText(p.Secrets.Authtoken), Caption: planWords(p.Status.Line), Hidden: c.manual}
			return v.orLocked(p).given(!p.Override.Secrets.Authtoken.IsZero())
		},
		save: func(text string, done func(error)) {
			c.Saver.ChangeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret(text) }, done)
		},
	}
}

func (c *addressCard) address() fieldParts {
	return fieldParts{
		label: words.Say("Reserved address"), hint: words.Say("Optional, like oakline.ngrok.app"), icon: assets.Globe, optional: true,
		copies: openAddress,
		of: func(p State) fieldValue {
			v := addressValue(p)
			v.Hidden = c.manual
			return v
		},
		save: func(text string, done func(error)) {
			c.Saver.Change(func(s *core.Settings) { s.Address = words.SpelledOut(text) }, done)
		},
	}
}

func openAddress(p State) string { return p.Status.Address }

func (c *addressCard) proxy() fieldParts {
	return fieldParts{
		label: words.Say("Network proxy"), hint: words.Say("Only if your office has one: http://name:port"), icon: assets.External, optional: true,
		of: func(p State) fieldValue {
			return fieldValue{Text: p.Settings.Proxy, Caption: words.Say("Whoever looks after your network knows it. Most have none."), Hidden: c.manual}
		},
		save: func(text string, done func(error)) {
			c.Saver.Change(func(s *core.Settings) { s.Proxy = proxyOf(text) }, done)
		},
	}
}

func (c *addressCard) public() fieldParts {
	return fieldParts{
		label: words.Say("Public address"), hint: "https://bell.example.com", icon: assets.Globe,
		copies: openAddress,
		of: func(p State) fieldValue {
			return fieldValue{
				Text: words.HostOf(p.Settings.ManualAddress), Hidden: !c.manual,
				Caption: words.Say("The address that cloudflared, Caddy, Tailscale or the like gives you."),
			}
		},
		save: func(text string, done func(error)) {
			c.Saver.Change(func(s *core.Settings) {
				s.Door, s.ManualAddress = core.TunnelManual, words.SpelledOut(text)
				s.ManualPort = cmp.Or(s.ManualPort, usualPort)
			}, done)
		},
	}
}

func (c *addressCard) port() fieldParts {
	return fieldParts{
		label: words.Say("Local port"), hint: "8787", icon: assets.House,
		of: func(p State) fieldValue {
			return fieldValue{
				Text: portText(p.Settings.ManualPort), Hidden: !c.manual || p.Settings.ManualAddress == "",
				Caption: words.Say("Your tunnel leads to 127.0.0.1 and this port. Nobody else can reach it."),
			}
		},
		save: func(text string, done func(error)) {
			port, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil {
				done(core.ErrBadPort)
				return
			}
			c.Saver.Change(func(s *core.Settings) { s.ManualPort = port }, done)
		},
	}
}

// usualPort is a port that hardly any program has.
const usualPort = 8787

// chooseDoor changes the way to be reached. A tunnel of one's own counts from
// when its public address is saved.
func (c *addressCard) chooseDoor(way string) {
	manual := way == throughManual()
	if manual == c.manual {
		return // shown, not chosen
	}
	c.manual = manual
	saved := c.page.Settings
	if door := doorOf(manual); door != doorOf(saved.Door == core.TunnelManual) && (!manual || saved.ManualAddress != "") {
		c.Saver.Change(func(s *core.Settings) { s.Door = door }, c.tell)
	}
	c.show(c.page)
}

func doorOf(manual bool) core.TunnelKind {
	if manual {
		return core.TunnelManual
	}
	return core.TunnelNgrok
}

// close closes the address, after asking.
func (c *addressCard) close() {
	c.ask(frame.Question{
		Title:  words.Say("Close the address?"),
		Text:   words.Say("AppFolio cannot deliver until you open it again. It tries for some time and then gives up."),
		Verb:   words.Say("Close the address"),
		Answer: func() { c.setClosed(true) },
	})
}

func (c *addressCard) setClosed(closed bool) {
	c.Saver.Change(func(s *core.Settings) { s.Closed = closed }, c.tell)
}

func (c *addressCard) show(p State) {
	given := p.Override.Tunnel.Kind != ""
	if given || c.page.Settings.Door != p.Settings.Door {
		c.manual = p.Settings.Door == core.TunnelManual && !given
	}
	c.page = p
	c.door.SetSelected(map[bool]string{true: throughManual(), false: throughNgrok()}[c.manual])
	c.fields.show(p)
	closed := p.Settings.Closed && !given
	frame.SetVisible(c.reopen, closed)
	frame.SetVisible(c.shut, !closed)
	frame.SetVisible(c.more, !given) // with the way and the proxy
	c.relayout()
}

// planWords tell what ngrok says about the account.
func planWords(l core.Line) string {
	if l.Plan == "" {
		return words.Say("From your ngrok dashboard, under Your Authtoken.")
	}
	away := explain.Number(max(1, int(l.Latency/time.Millisecond)))
	switch {
	case l.Region != "" && l.Latency > 0:
		return words.Say("%s plan, region %s, %s ms away.", l.Plan, l.Region, away)
	case l.Region != "":
		return words.Say("%s plan, region %s.", l.Plan, l.Region)
	case l.Latency > 0:
		return words.Say("%s plan, %s ms away.", l.Plan, away)
	}
	return words.Say("%s plan.", l.Plan)
}

func portText(port int) string {
	if port == 0 {
		return ""
	}
	return strconv.Itoa(port)
}

// proxyOf is a proxy as Settings keep it, from one as people write it.
func proxyOf(text string) string {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	return "http://" + text
}

// addressValue is the address to show: the one asked for, else the one ngrok
// gave.
func addressValue(p State) fieldValue {
	given, reserved, is := p.Override.Tunnel, p.Settings.Address, p.Status.Address
	open := p.Status.Connection == core.Listening
	switch {
	case given.Kind == core.TunnelLoopback:
		text := cmp.Or(words.HostOf(is), words.Say("Not open yet"))
		return fieldValue{Text: text, Caption: words.Say("For this run Rentbell listens on this computer only."), Fixed: true}
	case given.URL != "":
		return fieldValue{Text: words.HostOf(given.URL)}.given(true)
	case reserved == "" && is != "":
		return fieldValue{Text: words.HostOf(is), Caption: words.Say("Your ngrok account's own address. It stays the same when you restart."), Good: open}
	case reserved == "":
		return fieldValue{Caption: words.Say("Without one, ngrok gives you your account's own.")}
	case open && is == reserved:
		return fieldValue{Text: words.HostOf(reserved), Caption: words.Say("Reserved. It stays the same when you restart."), Good: true}
	}
	return fieldValue{Text: words.HostOf(reserved), Caption: words.Say("Reserved at ngrok. Rentbell opens it as soon as it can.")}
}
