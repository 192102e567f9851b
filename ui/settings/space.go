package settings

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// accountPart is one value of a Developer Space account: an id, which is a
// setting, or a key, which is a secret.
type accountPart struct {
	label, hint string
	icon        fyne.Resource
	purpose     string // the caption
	optional    bool

	reports bool // part of the Reports API
	id      func(*core.Space) *string
	key     func(*core.Secrets) *core.Secret // nil: the part is an id
	tidy    func(string) string              // makes an id of typed text; nil: core.Pasted
}

// accountParts returns the parts of an account, those of the Reports API last.
func accountParts() []accountPart {
	return []accountPart{
		{
			label: words.Say("Client id"), hint: words.Say("Paste the client id"), icon: assets.House, id: func(s *core.Space) *string { return &s.ClientID },
			purpose: words.Say("From Developer Space. Deliveries of other clients are kept out."),
		}, {
			label: words.Say("Client secret"), hint: words.Say("Paste the client secret"), icon: assets.Key, key: func(s *core.Secrets) *core.Secret { return &s.ClientSecret },
			purpose: words.Say("AppFolio shows it once, beside the client id."),
		}, {
			label: words.Say("Developer id"), hint: words.Say("Paste the developer id"), icon: assets.NavTenants, id: func(s *core.Space) *string { return &s.DeveloperID },
			purpose: words.Say("Rentbell names it whenever it asks AppFolio for records."),
		}, {
			label: words.Say("Database id"), hint: words.Say("Optional"), icon: assets.Folder, optional: true, id: func(s *core.Space) *string { return &s.DatabaseID },
			purpose: words.Say("Only if you have several databases: deliveries of the others are kept out."),
		}, {
			label: words.Say("Company"), hint: words.Say("oakline in https://oakline.appfolio.com"), icon: assets.Globe, optional: true, id: func(s *core.Space) *string { return &s.Company },
			purpose: words.Say("The first part of your own AppFolio address."), reports: true, tidy: companyOf,
		}, {
			label: words.Say("Reports client id"), hint: words.Say("Paste the Reports client id"), icon: assets.NavPayments, optional: true, id: func(s *core.Space) *string { return &s.ReportsClientID },
			purpose: words.Say("The Reports API has an id and a secret of its own."), reports: true,
		}, {
			label: words.Say("Reports secret"), hint: words.Say("Paste the Reports client secret"), icon: assets.Key, key: func(s *core.Secrets) *core.Secret { return &s.ReportsSecret },
			purpose: words.Say("With all three, Rentbell reads payments."), reports: true,
		},
	}
}

// put stores typed text in space or secrets. The other one may be nil.
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

// value shows the part; a key shows only its end.
func (a accountPart) value(p State) fieldValue {
	if a.key != nil {
		return secretValue(p, *a.key(&p.Account.Secrets), a.purpose).given(!a.key(&p.Override.Secrets).IsZero())
	}
	return fieldValue{Text: *a.id(&p.Account.Space), Caption: a.purpose}.given(*a.id(&p.Override.Space) != "")
}

// companyOf returns the company in a name or in an AppFolio address.
func companyOf(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if _, rest, is := strings.Cut(text, "://"); is {
		text = rest
	}
	text, _, _ = strings.Cut(text, "/")
	return strings.TrimSuffix(text, ".appfolio.com")
}

// newSpaceForm makes the fields of the account of a Developer Space.
func (c *appFolioCard) newSpaceForm() fyne.CanvasObject {
	form, receipts := kit.VStack(12), kit.VStack(12)
	for _, part := range accountParts() {
		f := c.field(fieldParts{
			label: part.label, hint: part.hint, icon: part.icon, secret: part.key != nil, optional: part.optional, of: part.value,
			save: func(text string, done func(error)) { c.saveAccount(part, text, done) },
		})
		c.clientID = cmp.Or(c.clientID, f) // the first
		if part.reports {
			receipts.Add(f.object)
		} else {
			form.Add(f.object)
		}
	}
	reports := kit.NewDisclosure(words.Say("Payments (Reports API)"), nil, func() fyne.CanvasObject { return receipts })
	reports.OnToggled = func(bool) { c.relayout() }
	form.Add(reports)
	form.Add(c.only(func(p State) bool {
		lent := p.Override.Space.ClientID != "" || !p.Override.Secrets.ClientSecret.IsZero()
		return !lent && p.Settings.Space.ClientID != "" && !p.Account.Secrets.ClientSecret.IsZero()
	}, kit.HStack(0, kit.Inset(0, 0, 0, -2, kit.NewLink(words.Say("Use another account"), c.askForget)))))
	return form
}

// askForget asks, and empties the whole account: AppFolio refuses a new value
// among the old ones.
func (c *appFolioCard) askForget() {
	c.ask(frame.Question{
		Title:  words.Say("Use another account?"),
		Text:   words.Say("Rentbell forgets the ids and the secrets of this one, and nothing arrives until you paste those of the other. What has arrived stays."),
		Verb:   words.Say("Use another"),
		Answer: func() { c.forgetAccount(c.clientID.saved) },
	})
}

// saveAccount saves a part of the account unless AppFolio refuses it.
func (c *appFolioCard) saveAccount(part accountPart, text string, done func(error)) {
	a := c.Bell.Account()
	part.put(text, &a.Space, &a.Secrets)
	saved := frame.After(done, func() { c.connectSpace(done) })
	c.asker().Account(a, part.reports, frame.After(done, func() {
		if part.key != nil {
			c.Saver.ChangeSecrets(func(s *core.Secrets) { part.put(text, nil, s) }, saved)
			return
		}
		c.Saver.Change(func(s *core.Settings) { part.put(text, &s.Space, nil) }, saved)
	}))
}

// connectSpace changes the connection to Developer Space if the account is whole.
func (c *appFolioCard) connectSpace(done func(error)) {
	if !frame.Whole(c.Bell.Account()) || c.Bell.Settings().Kind == core.KindDeveloperSpace || c.Bell.Override().Kind != "" {
		done(nil)
		return
	}
	c.Saver.Change(func(s *core.Settings) { s.Kind = core.KindDeveloperSpace }, done)
}

// forgetAccount deletes the saved account.
func (c *appFolioCard) forgetAccount(done func(error)) {
	c.Saver.ChangeSecrets(func(s *core.Secrets) {
		s.ClientSecret, s.ReportsSecret = core.Secret{}, core.Secret{}
	}, frame.After(done, func() {
		c.Saver.Change(func(s *core.Settings) { s.Space = core.Space{ReportsURL: s.Space.ReportsURL} }, done)
	}))
}
