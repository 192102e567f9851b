package settings

import (
	"cmp"
	"slices"
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

// addressCard has the fields that open the address, through ngrok or through a
// tunnel of the user's own.
type addressCard struct {
	*card
	door  *kit.Select     // chooses one of doors
	way   core.TunnelKind // chosen in door; manual is saved only once there is a public address
	saved core.TunnelKind // the way in the settings that were shown last
}

// doors are the ways to be reached.
var doors = [...]core.TunnelKind{core.TunnelNgrok, core.TunnelManual}

func newAddressCard(w *tasks) *addressCard {
	c := &addressCard{card: newCard(w)}
	var door fyne.CanvasObject
	c.door, door = kit.NewSelect([]string{words.Say("Through ngrok"), words.Say("Through a tunnel of my own")}, func(string) { c.chooseDoor() })
	c.row(c.followDoor)
	var objects []fyne.CanvasObject
	for _, parts := range c.parts() {
		objects = append(objects, c.field(parts).object)
	}
	proxy := len(objects) - 1
	closed := func(p State) bool { return p.Settings.Closed && !forThisRun(p) }
	shut := kit.NewButton(words.Say("Close the address"), nil, c.close)
	reopen := kit.VStack(6, kit.NewProse(words.Say("Closed by you. AppFolio cannot deliver."), kit.Body.In(kit.ColorWarn)),
		kit.HStack(0, kit.NewButton(words.Say("Open the address"), nil, func() { c.setClosed(false) }).Primary()))
	rare := kit.VStack(12,
		frame.Row(words.Say("Reached"), kit.HStack(0, kit.Sized(240, kit.ControlHigh, door))), objects[proxy],
		kit.HStack(0, c.only(not(closed), shut)), c.trouble)
	more := kit.NewDisclosure(words.Say("Other ways and networks"), nil, func() fyne.CanvasObject { return rare })
	more.OnToggled = func(bool) { c.relayout() }
	c.titled(words.Say("Your address"), append(objects[:proxy], c.only(closed, reopen), c.only(not(forThisRun), more))...)
	c.only(delivered, c.object)
	return c
}

// forThisRun reports whether an option of this run sets the tunnel.
func forThisRun(p State) bool { return p.Override.Tunnel.Kind != "" }

// parts returns the fields in their order. The last one stands under "Other ways
// and networks".
func (c *addressCard) parts() []fieldParts {
	ngrok := func(State) bool { return c.way == core.TunnelNgrok }
	manual := func(State) bool { return c.way == core.TunnelManual }
	address := func(p State) string { return p.Status.Address }
	return []fieldParts{
		{
			label: words.Say("ngrok authtoken"), hint: words.Say("Paste the authtoken"), icon: assets.Key, secret: true, when: ngrok,
			of: func(p State) fieldValue {
				v := fieldValue{Text: words.SecretText(p.Secrets.Authtoken), Caption: planWords(p.Status.Line)}
				return v.orLocked(p).given(!p.Override.Secrets.Authtoken.IsZero())
			},
			save: func(text string, done func(error)) {
				c.Saver.ChangeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret(text) }, done)
			},
		}, {
			label: words.Say("Reserved address"), hint: words.Say("Optional, like oakline.ngrok.app"), icon: assets.Globe, optional: true, when: ngrok,
			of: addressValue, copies: address,
			save: func(text string, done func(error)) {
				c.Saver.Change(func(s *core.Settings) { s.Address = words.SpelledOut(text) }, done)
			},
		}, {
			label: words.Say("Public address"), hint: "https://bell.example.com", icon: assets.Globe, when: manual,
			of: func(p State) fieldValue {
				return fieldValue{Text: words.HostOf(p.Settings.ManualAddress), Caption: words.Say("The address that cloudflared, Caddy, Tailscale or the like gives you.")}
			},
			copies: address,
			save: func(text string, done func(error)) {
				c.Saver.Change(func(s *core.Settings) {
					s.Door, s.ManualAddress, s.ManualPort = core.TunnelManual, words.SpelledOut(text), cmp.Or(s.ManualPort, frame.UsualPort)
				}, done)
			},
		}, {
			label: words.Say("Local port"), hint: strconv.Itoa(frame.UsualPort), icon: assets.House,
			when: func(p State) bool { return manual(p) && p.Settings.ManualAddress != "" },
			of: func(p State) fieldValue {
				return fieldValue{Text: portText(p.Settings.ManualPort), Caption: words.Say("Your tunnel leads to 127.0.0.1 and this port. Nobody else can reach it.")}
			},
			save: func(text string, done func(error)) {
				port, err := frame.Port(text)
				if err != nil {
					done(err)
					return
				}
				c.Saver.Change(func(s *core.Settings) { s.ManualPort = port }, done)
			},
		}, {
			label: words.Say("Network proxy"), hint: words.Say("Only if your office has one: http://name:port"), icon: assets.External, optional: true, when: ngrok,
			of: func(p State) fieldValue {
				return fieldValue{Text: p.Settings.Proxy, Caption: words.Say("Whoever looks after your network knows it. Most have none.")}
			},
			save: func(text string, done func(error)) {
				c.Saver.Change(func(s *core.Settings) { s.Proxy = proxyOf(text) }, done)
			},
		},
	}
}

// chooseDoor shows the fields of the chosen way, and saves the way if that can be.
func (c *addressCard) chooseDoor() {
	way := doors[c.door.SelectedIndex()]
	if way == c.way {
		return // the program has set the select, not the user
	}
	c.way = way
	if way != c.saved && (way == core.TunnelNgrok || c.page.Settings.ManualAddress != "") {
		c.Saver.Change(func(s *core.Settings) { s.Door = way }, c.tell)
	}
	c.show(c.page)
}

// followDoor chooses the saved way when it has changed.
func (c *addressCard) followDoor(p State) {
	saved := cmp.Or(p.Settings.Door, core.TunnelNgrok)
	switch {
	case forThisRun(p):
		c.way = core.TunnelNgrok
	case c.saved != saved:
		c.way = saved
	}
	c.saved = saved
	c.door.SetSelectedIndex(slices.Index(doors[:], c.way))
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

// planWords describes the ngrok account and the line to it.
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

// proxyOf returns a typed proxy as a URL.
func proxyOf(text string) string {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	return "http://" + text
}

// addressValue shows the reserved address, or the one that ngrok gave.
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
