package words

import "testing"

func TestFoldedTextHasNoCaseAndNoAccents(t *testing.T) {
	for text, want := range map[string]string{
		"Núñez": "nunez", "Nu\u0301n\u0303ez": "nunez", "ŞAHİN": "sahin", "Łukasz Ørsted": "lukasz orsted", "Weiß": "weiss",
		"Đặng": "dang", "ＡＢＣ１": "abc1", "张伟": "张伟", "Plain 12": "plain 12", "": "", "a\xffb": "a\ufffdb",
	} {
		if got := Folded(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
