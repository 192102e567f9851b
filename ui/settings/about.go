package settings

import (
	"cmp"

	"rentbell/assets"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newLeavesCard tells what leaves the computer: all of it.
func newLeavesCard(w *tasks) *card {
	others := words.Say("Nothing. There is no Rentbell server, no account and no statistics.")
	if w.Updates != nil {
		others = words.Say("Nothing, unless you have Rentbell look for new versions: then its makers' page is asked, and told nothing about you. There is no Rentbell server, no account and no statistics.")
	}
	return newCard(w).titled(words.Say("What leaves this computer"),
		dataRow(words.Say("To AppFolio"), kit.NewProse(words.Say("When you register: your address, the kinds of events you want and the webhook secret, signed in with your API key."), kit.Body)),
		dataRow(words.Say("To ngrok"), kit.NewProse(words.Say("Your authtoken, to open the address. What AppFolio delivers passes through ngrok on its way to you."), kit.Body)),
		dataRow(words.Say("To anyone else"), kit.NewProse(others, kit.Body)),
	)
}

func newAboutCard(w *tasks) *card {
	c := newCard(w)
	title := kit.Lead(12, kit.NewIcon(assets.AppIcon, "", 48), kit.VStack(0,
		kit.NewText("Rentbell", kit.Title).Tight(),
		kit.NewText(words.Say("Version %s", cmp.Or(w.Version, words.Say("not known"))), kit.Caption).Tight(),
	))
	c.object = kit.NewCard(kit.VStack(12, title,
		kit.NewProse(words.Say("The bell on your desk that rings when the rent arrives."), kit.Body),
		kit.NewProse(words.Say("Free software under the MIT licence. Not made by AppFolio or ngrok, whose names belong to them."), kit.Caption),
	))
	return c
}

// newMovingCard tells how to move to another computer.
func newMovingCard(w *tasks) *card {
	return newCard(w).titled(words.Say("Move to another computer"),
		kit.NewProse(words.Say("Back up here, restore the file there, and enter the keys again. Close Rentbell here before you register there."), kit.Body),
		kit.NewProse(words.Say("Only you can read the folder."), kit.Caption),
	)
}
