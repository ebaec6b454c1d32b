"""Addresses of what everybody may read."""

from django.urls import path

from summitry.newsroom.views import public

app_name = "news"
urlpatterns = [
    path("", public.news_list, name="list"),
    path("feed.atom", public.feed, name="feed"),
    path("<slug:release>/", public.release, name="release"),
    path("<slug:release>/release.<str:kind>", public.file, name="file"),
]
