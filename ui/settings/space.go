package settings

import (
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// accountPart is one value of a Developer Space account: an id, which Settings
// keep, or a key.
type accountPart struct {
	fieldParts
	purpose string // its caption

	reports bool // it belongs to the Reports API
	id      func(*core.Space) *string
	key     func(*core.Secrets) *core.Secret // nil: it is an id
	tidy    func(string) string              // as people write it, to what is kept; nil: core.Pasted
}

// put writes what was typed.
func (a accountPart) put(text string, space *core.Space, secrets *core.Secrets) {
	switch {
	case a.key != nil:
		*a.key(secrets) = core.NewSecret(text)
	case a.tidy != nil:
		*a.id(space) = a.tidy(text)
	default:
		*a.id(space) = core.Pasted(text)
	}
}

// value is the part as it may be seen.
func (a accountPart) value(p State) fieldValue {
	if a.key != nil {
		return secretValue(p, *a.key(&p.Account.Secrets), a.purpose).given(!a.key(&p.Override.Secrets).IsZero())
	}
	return fieldValue{Text: *a.id(&p.Account.Space), Caption: a.purpose}.given(*a.id(&p.Override.Space) != "")
}

// accountParts are the values of an account, those of the Reports API last.
func accountParts() []accountPart {
	return []accountPart{
		{
			fieldParts: fieldParts{label: words.Say("Client id"), hint: words.Say("Paste the client id"), icon: assets.House},
			purpose:    words.Say("From Developer Space. Deliveries of other clients are kept out."),
			id:         func(s *core.Space) *string { return &s.ClientID },
		},
		{
			fieldParts: fieldParts{label: words.Say("Client secret"), hint: words.Say("Paste the client secret"), icon: assets.Key},
			purpose:    words.Say("AppFolio shows it once, beside the client id."),
			key:        func(s *core.Secrets) *core.Secret { return &s.ClientSecret },
		},
		{
			fieldParts: fieldParts{label: words.Say("Developer id"), hint: words.Say("Paste the developer id"), icon: assets.NavTenants},
			purpose:    words.Say("Rentbell names it whenever it asks AppFolio for records."),
			id:         func(s *core.Space) *string { return &s.DeveloperID },
		},
		{
			fieldParts: fieldParts{label: words.Say("Database id"), hint: words.Say("Optional"), icon: assets.Folder, optional: true},
			purpose:    words.Say("Only if you have several databases: deliveries of the others are kept out."),
			id:         func(s *core.Space) *string { return &s.DatabaseID },
		},
		{
			fieldParts: fieldParts{label: words.Say("Company"), hint: words.Say("oakline in https://oakline.appfolio.com"), icon: assets.Globe, optional: true}, reports: true,
			purpose: words.Say("The first part of your own AppFolio address."), tidy: companyOf,
			id: func(s *core.Space) *string { return &s.Company },
		},
		{
			fieldParts: fieldParts{label: words.Say("Reports client id"), hint: words.Say("Paste the Reports client id"), icon: assets.NavPayments, optional: true}, reports: true,
			purpose: words.Say("The Reports API has an id and a secret of its own."),
			id:      func(s *core.Space) *string { return &s.ReportsClientID },
		},
		{
			fieldParts: fieldParts{label: words.Say("Reports secret"), hint: words.Say("Paste the Reports client secret"), icon: assets.Key}, reports: true,
			purpose: words.Say("With all three, Rentbell reads payments."),
			key:     func(s *core.Secrets) *core.Secret { return &s.ReportsSecret },
		},
	}
}

// companyOf is a company's name, from it or from an address that begins with it.
func companyOf(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if _, rest, is := strings.Cut(text, "://"); is {
		text = rest
	}
	text, _, _ = strings.Cut(text, "/")
	return strings.TrimSuffix(text, ".appfolio.com")
}

func newAccountField(w *tasks, part accountPart) *field {
	parts := part.fieldParts
	parts.secret, parts.of = part.key != nil, part.value
	parts.save = func(text string, done func(error)) { w.saveAccount(part, text, done) }
	return newField(w, parts)
}

// spaceForm holds the account of a Developer Space, within the AppFolio card.
type spaceForm struct {
	*tasks
	object *fyne.Container

	fields fields
	other  *kit.Press
	foot   *fyne.Container // holds it
}

func newSpaceForm(w *tasks) *spaceForm {
	f := &spaceForm{tasks: w, object: kit.VStack(12)}
	receipts := kit.VStack(12)
	for _, part := range accountParts() {
		one := newAccountField(w, part)
		f.fields = append(f.fields, one)
		if part.reports {
			receipts.Add(one.object)
		} else {
			f.object.Add(one.object)
		}
	}
	reports := kit.NewDisclosure(words.Say("Payments (Reports API)"), nil, func() fyne.CanvasObject { return receipts })
	reports.OnToggled = func(bool) { kit.Relayout(f.object); w.view.update() }
	f.other = kit.NewLink(words.Say("Use another account"), f.askForget)
	f.foot = kit.HStack(0, kit.Inset(0, 0, 0, -2, f.other))
	f.object.Add(reports)
	f.object.Add(f.foot)
	return f
}

func (f *spaceForm) show(p State) {
	f.fields.show(p)
	lent := p.Override.Space.ClientID != "" || !p.Override.Secrets.ClientSecret.IsZero()
	frame.SetVisible(f.foot, !lent && p.Settings.Space.ClientID != "" && !p.Account.Secrets.ClientSecret.IsZero())
	kit.Relayout(f.object)
}

// askForget empties the account, after asking: its values belong together, and
// AppFolio refuses a new one among the old.
func (f *spaceForm) askForget() {
	f.ask(frame.Question{
		Title:  words.Say("Use another account?"),
		Text:   words.Say("Rentbell forgets the ids and the secrets of this one, and nothing arrives until you paste those of the other. What has arrived stays."),
		Verb:   words.Say("Use another"),
		Answer: func() { f.forgetAccount(f.fields[0].saved) },
	})
}

// saveAccount keeps a part of the account that AppFolio does not refuse.
func (w *tasks) saveAccount(part accountPart, text string, done func(error)) {
	a, settings := w.Bell.Account(), w.Bell.Settings()
	a.Kind = core.KindDeveloperSpace
	part.put(text, &a.Space, &a.Secrets)
	settings.Space = a.Space
	if err := settings.Validate(); err != nil {
		done(err)
		return
	}
	saved := after(done, func() { w.connectSpace(done) })
	w.asker().Account(a, part.reports, after(done, func() {
		if part.key != nil {
			w.Saver.ChangeSecrets(func(s *core.Secrets) { part.put(text, &core.Space{}, s) }, saved)
			return
		}
		w.Saver.Change(func(s *core.Settings) { part.put(text, &s.Space, &core.Secrets{}) }, saved)
	}))
}

// connectSpace goes over to Developer Space once its account is whole.
func (w *tasks) connectSpace(done func(error)) {
	if !frame.Whole(w.Bell.Account()) || w.Bell.Settings().Kind == core.KindDeveloperSpace || w.Bell.Override().Kind != "" {
		done(nil)
		return
	}
	w.Saver.Change(func(s *core.Settings) { s.Kind = core.KindDeveloperSpace }, done)
}

// forgetAccount takes away what is kept of the account.
func (f *spaceForm) forgetAccount(done func(error)) {
	f.Saver.ChangeSecrets(func(s *core.Secrets) {
		s.ClientSecret, s.ReportsSecret = core.Secret{}, core.Secret{}
	}, after(done, func() {
		f.Saver.Change(func(s *core.Settings) { s.Space = core.Space{ReportsURL: s.Space.ReportsURL} }, done)
	}))
}
