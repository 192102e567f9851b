package words

import (
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

func TestEverySentenceIsInEveryCatalogue(t *testing.T) {
	sentences := spokenSentences(t)
	for _, language := range []string{spanish, chinese} {
		c, err := catalogueOf(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sentences {
			translation, known := (*c)[s.text]
			switch {
			case s.perhaps:
			case !known:
				t.Errorf("%s: %s has no %q", s.where, language, s.text)
			case strings.TrimSpace(translation) == "":
				t.Errorf("%s: %s says nothing for %q", s.where, language, s.text)
			}
		}
	}
}

func TestNoCatalogueHasWhatNobodySays(t *testing.T) {
	said := map[string]bool{}
	for _, s := range spokenSentences(t) {
		said[s.text] = true
	}
	for name, part := range parts(t) {
		for key := range part {
			if !said[key] {
				t.Errorf("%s: nobody says %q", name, key)
			}
		}
	}
}

func TestTranslationsTakeTheSameValues(t *testing.T) {
	for name, part := range parts(t) {
		for english, translation := range part {
			if got, want := values(t, translation), values(t, english); !maps.Equal(got, want) {
				t.Errorf("%s: %q takes %v, but %q takes %v", name, translation, got, english, want)
			}
		}
	}
}

func TestTextsForTheScreenAreSaid(t *testing.T) {
	nouns, err := catalogueOf(spanish)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sourcesOf(t) {
		for _, found := range unsaidArguments(t, name, *nouns) {
			t.Error(found)
		}
	}
}

func TestDatesFollowTheLanguage(t *testing.T) {
	tests := []struct {
		write            func() string
		spanish, chinese string
	}{
		{func() string { return Tongue.Clock(present.Add(6 * time.Hour)) }, "16:42", "16:42"},
		{func() string { return FullDate(core.DateOf(present)) }, "18 jun 2026", "2026年6月18日"},
		{func() string { return Tongue.LongDate(present, present) }, "18 de junio", "6月18日"},
		{func() string { return Moment(present, present) }, "Jue 18 de junio, 10:42", "6月18日 周四 10:42"},
		{func() string { return Tongue.At(present.AddDate(0, 0, -1), present) }, "ayer a las 10:42", "昨天 10:42"},
		{func() string { return Tongue.OnDay(present.AddDate(0, 0, -2), present) }, "el martes", "星期二"},
		{func() string { return DayHeading(core.DateOf(present).AddDays(-2), present) }, "Martes, 16 de junio", "6月16日 星期二"},
		{func() string { return Ago(present.Add(-2*time.Minute), present) }, "hace 2 min", "2 分钟前"},
		{func() string { return Tongue.Count(1200, "payment") }, "1,200 pagos", "1,200 笔付款"},
		{func() string { return Dollars(145000) }, "$1,450.00", "$1,450.00"},
	}
	for _, tt := range tests {
		for language, want := range map[string]string{spanish: tt.spanish, chinese: tt.chinese} {
			speak(t, language)
			if got := tt.write(); got != want {
				t.Errorf("%s: %q, want %q", language, got, want)
			}
		}
	}
}

func TestPartsOfACatalogueAgree(t *testing.T) {
	told := map[string]string{} // file by language and sentence
	for name, part := range parts(t) {
		language := strings.Split(name, ".")[1]
		for english, translation := range part {
			key := language + " " + english
			if other, twice := told[key]; twice && other != translation {
				t.Errorf("%s: %q is %q here and %q elsewhere", name, english, translation, other)
			}
			told[key] = translation
		}
	}
}

func TestNamesOfMonthsAndDaysFitTheirLayouts(t *testing.T) {
	for _, language := range []string{spanish, chinese} {
		speak(t, language)
		seen := map[string]bool{}
		for month := time.January; month <= time.December; month++ {
			first := core.Date{Year: 2026, Month: month, Day: 1}
			label := MonthLabel(first)
			if seen[label] || !strings.Contains(label, "2026") {
				t.Errorf("%s: %s is %q", language, month, label)
			}
			seen[label] = true
			if got, known := MonthOf(label); !known || got != first {
				t.Errorf("%s: %q is understood as %v", language, label, got)
			}
		}
	}
}

// parts returns the files of all catalogues, by name.
func parts(t *testing.T) map[string]catalogue {
	t.Helper()
	names, err := fs.Glob(translations, "translations/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no catalogues: %v", err)
	}
	all := map[string]catalogue{}
	for _, name := range names {
		data, err := translations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var part catalogue
		if err := json.Unmarshal(data, &part); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[path.Base(name)] = part
	}
	return all
}

// verb matches a verb of package fmt, with the number of its argument if it has
// one.
var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([-+# 0]*[\d.]*[a-zA-Z%])`)

// values returns the verbs of a text, by the number of the argument that each
// formats.
func values(t *testing.T, text string) map[int]string {
	t.Helper()
	taken := map[int]string{}
	next := 1
	for _, match := range verb.FindAllStringSubmatch(text, -1) {
		if match[2] == "%" {
			continue
		}
		if match[1] != "" {
			n, err := strconv.Atoi(match[1])
			if err != nil {
				t.Fatal(err)
			}
			next = n
		}
		if before, twice := taken[next]; twice && before != match[2] {
			t.Errorf("%q writes a value in two ways", text)
		}
		taken[next] = match[2]
		next++
	}
	return taken
}
